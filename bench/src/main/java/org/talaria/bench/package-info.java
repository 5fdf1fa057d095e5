/** The benchmarks: ours against the peers, in alternation, with bars. */
@NullMarked
package org.talaria.bench;

import org.jspecify.annotations.NullMarked;

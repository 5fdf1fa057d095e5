/** What measures: trials in alternation, pings around each sample, medians within a regime, bars. Knows nothing of what is measured. */
@NullMarked
package org.talaria.bench.harness;

import org.jspecify.annotations.NullMarked;

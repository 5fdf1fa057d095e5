/** An earlier state of this repository as the other side: built once, run in a process of its own, sample by sample in turn with today's. */
@NullMarked
package org.talaria.bench.baseline;

import org.jspecify.annotations.NullMarked;

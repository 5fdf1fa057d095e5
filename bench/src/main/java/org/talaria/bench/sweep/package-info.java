/** Which settings are fastest: ours, for the defaults; the peers', so that each is measured at its best. */
@NullMarked
package org.talaria.bench.sweep;

import org.jspecify.annotations.NullMarked;

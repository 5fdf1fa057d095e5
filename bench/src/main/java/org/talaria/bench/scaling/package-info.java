/** How the rate grows with the workers, as far as the machine has cores. */
@NullMarked
package org.talaria.bench.scaling;

import org.jspecify.annotations.NullMarked;

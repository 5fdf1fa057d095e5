/** Talaria's side: the public API as an application uses it. */
@NullMarked
package org.talaria.bench.ours;

import org.jspecify.annotations.NullMarked;

/** The rows of the table of bars, one class a family. */
@NullMarked
package org.talaria.bench.family;

import org.jspecify.annotations.NullMarked;

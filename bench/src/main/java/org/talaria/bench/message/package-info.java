/** The messages of the benchmarks; the processor makes codecs, claims, views and the C header of them. */
@NullMarked
package org.talaria.bench.message;

import org.jspecify.annotations.NullMarked;

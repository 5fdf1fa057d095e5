/** One way from a producer to a consumer on another thread, for ours and peers alike: what is sent, how it is verified, how it is timed. */
@NullMarked
package org.talaria.bench.pipe;

import org.jspecify.annotations.NullMarked;

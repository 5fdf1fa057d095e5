/** The libraries that Talaria is held against, each used as its own documents say, at the best setting of the published sweep. */
@NullMarked
package org.talaria.bench.peer;

import org.jspecify.annotations.NullMarked;

/** The command line: {@code talaria demo}, {@code verify}, {@code replay}, {@code show} and {@code bench}. */
@NullMarked
package org.talaria.tool;

import org.jspecify.annotations.NullMarked;

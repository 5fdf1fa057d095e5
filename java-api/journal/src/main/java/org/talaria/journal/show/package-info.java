/** Prints messages of a journal with decoded fields. */
@NullMarked
package org.talaria.journal.show;

import org.jspecify.annotations.NullMarked;

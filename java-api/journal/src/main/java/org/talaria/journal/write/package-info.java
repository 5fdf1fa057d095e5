/** The journaler: follows rings and turn logs of an engine and writes them as excerpts. */
@NullMarked
package org.talaria.journal.write;

import org.jspecify.annotations.NullMarked;

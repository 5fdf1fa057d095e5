/** Reads journals: excerpts, records, turns and what is known of endpoints. Needs no JVM flags and no classes of the application. */
@NullMarked
package org.talaria.journal.read;

import org.jspecify.annotations.NullMarked;

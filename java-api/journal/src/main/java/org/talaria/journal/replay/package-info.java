/** Feeds a journal to an application's handlers again, deterministically. */
@NullMarked
package org.talaria.journal.replay;

import org.jspecify.annotations.NullMarked;

/** Proves or refutes the order and completeness of a journal. */
@NullMarked
package org.talaria.journal.verify;

import org.jspecify.annotations.NullMarked;

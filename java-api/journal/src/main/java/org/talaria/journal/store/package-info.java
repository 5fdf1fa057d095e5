/** Where excerpts are kept: folders of segments, Chronicle Queue behind {@link org.talaria.journal.store.BlockStore}. */
@NullMarked
package org.talaria.journal.store;

import org.jspecify.annotations.NullMarked;

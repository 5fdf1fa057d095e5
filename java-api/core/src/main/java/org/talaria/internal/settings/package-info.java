/** What can be configured: each setting's name, unit, range, default and meaning, stated once. Setters check by it, the documents are made of it. */
@NullMarked
package org.talaria.internal.settings;

import org.jspecify.annotations.NullMarked;

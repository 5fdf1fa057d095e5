/** The annotation processor: {@code @Message} records to codecs, views, claims and C structs ({@code docs/messages.md}). */
@NullMarked
package org.talaria.processor;

import org.jspecify.annotations.NullMarked;

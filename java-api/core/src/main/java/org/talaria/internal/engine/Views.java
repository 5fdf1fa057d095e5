package org.talaria.internal.engine;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/**
 * The views of one turn's handlers, one of each type: a view is written with each message, so it must not lie beside an endpoint, which senders read with each. For the
 * thread of the turn.
 */
final class Views {
    private final Map<ViewType<?, ?>, View<?>> all = new IdentityHashMap<>();
    private @Nullable ViewType<?, ?> lastType;
    private @Nullable View<?> last;

    /** The view of a type. */
    View<?> of(ViewType<?, ?> type) {
        View<?> found = last;
        if (type != lastType || found == null) {
            found = all.computeIfAbsent(type, ViewType::newView);
            last = found;
            lastType = type;
        }
        return found;
    }
}

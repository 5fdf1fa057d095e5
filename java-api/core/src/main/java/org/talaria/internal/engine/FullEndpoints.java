package org.talaria.internal.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Timers whose endpoint is full and lets its senders wait: they wait here, a line an endpoint, in the order due. Only the first of a line is tried, now and then, so that
 * none overtakes another and a million that wait cost no more than one. By the polling thread only.
 */
final class FullEndpoints {
    private static final long AGAIN_NS = 1_000_000;

    private final TimerService service;
    private final Map<Cell<?>, Line> lines = new HashMap<>();

    FullEndpoints(TimerService service) {
        this.service = service;
    }

    /** Sends a timer's message that is due, or lets it wait. */
    void send(MessageTimer<?> timer) {
        Line line = lines.isEmpty() ? null : lines.get(timer.target());
        if (line != null) {
            line.waiting.add(timer);
        } else if (!timer.send()) {
            Line begun = new Line(timer.target());
            lines.put(timer.target(), begun);
            begun.waiting.add(timer);
            service.schedule(begun, AGAIN_NS);
        }
    }

    private final class Line extends TimerEntry {
        private final Cell<?> endpoint;
        private final ArrayDeque<MessageTimer<?>> waiting = new ArrayDeque<>();

        Line(Cell<?> endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void run() {
            try {
                while (!waiting.isEmpty() && sendFirst()) {
                    // until it is full again
                }
            } finally {
                // Also where a message threw: those behind it still wait
                if (waiting.isEmpty()) {
                    lines.remove(endpoint);
                } else {
                    service.schedule(this, AGAIN_NS);
                }
            }
        }

        private boolean sendFirst() {
            MessageTimer<?> first = waiting.remove();
            if (first.send()) {
                return true;
            }
            waiting.addFirst(first);
            return false;
        }
    }
}

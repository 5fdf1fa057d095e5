package org.talaria.internal.engine;

import org.talaria.DeadLetter;
import org.talaria.TalariaException;
import org.talaria.message.Codec;

/** A message that its endpoint cannot handle: a dead letter with this reason, no failure of a handler. */
final class Unhandled extends TalariaException {
    private static final long serialVersionUID = 1L;

    private final DeadLetter.Reason reason;

    Unhandled(DeadLetter.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    DeadLetter.Reason reason() {
        return reason;
    }

    static Unhandled schema(Cell<?> cell, int type, Codec<?> known) {
        return new Unhandled(
                DeadLetter.Reason.UNKNOWN_SCHEMA,
                cell.endpointName() + " knows " + known.schema().name() + " {"
                        + known.schema().layout() + "}, and got "
                        + cell.engine().schemas().describe(type)
                        + ": build sender and receiver from the same message classes");
    }
}

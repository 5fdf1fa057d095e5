package org.talaria.internal.engine;

import org.talaria.actor.Context;

/** Timers of the actor that handles a message: they end with it. Good while a context is. */
final class OwnTimers extends MessageTimers {
    private final Context context;
    private final TimerService service;

    OwnTimers(Engine engine, Context context) {
        super(engine);
        this.context = context;
        service = engine.timerService();
    }

    @Override
    void made(MessageTimer<?> timer) {
        service.adopt(((Cell<?>) context.self()).extras(), timer);
    }
}

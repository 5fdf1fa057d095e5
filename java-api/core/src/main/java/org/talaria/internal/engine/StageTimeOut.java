package org.talaria.internal.engine;

/** The time-out of a stage that a reference's ask returned. */
final class StageTimeOut extends TimerEntry {
    private final Stages stages;
    private final long correlation;

    StageTimeOut(Stages stages, long correlation) {
        this.stages = stages;
        this.correlation = correlation;
    }

    @Override
    public void run() {
        stages.expire(correlation);
    }
}

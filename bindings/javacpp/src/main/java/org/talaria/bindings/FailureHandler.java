package org.talaria.bindings;

/** Takes the records that native code could not handle: {@code talaria_failure_handler} of {@code talaria.h}. */
@FunctionalInterface
public interface FailureHandler {
    /**
     * Reports one record. Called by the thread that runs the worker. Must not throw: what escapes is logged and otherwise ignored.
     *
     * @param record address of the record, valid during the call
     * @param reason reason code of {@code docs/layout.md}
     * @param text what went wrong, never null
     * @param lane lane whose records they are
     * @param worker index of the worker that drains
     */
    void onFailure(long record, int reason, String text, int lane, int worker);
}

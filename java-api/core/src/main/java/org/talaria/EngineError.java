package org.talaria;

/**
 * A failure that did not stop the engine.
 *
 * @param where the endpoint, thread or part that failed
 * @param cause what was thrown
 */
public record EngineError(String where, Throwable cause) {}

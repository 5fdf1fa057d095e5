package org.talaria;

/** Which engine runs. */
public enum EngineKind {
    /** The native engine where its library loads, else the Java engine, with one logged line that says why. */
    AUTO,
    /** The native engine, or an exception that says why it cannot be had. */
    NATIVE,
    /** The Java engine: one Java thread, the same layout and guarantees. */
    JAVA
}

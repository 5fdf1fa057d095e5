package org.talaria.bench.message;

/** What the C++ sink takes. */
public sealed interface SinkMessage permits Two, Eight, Report {}

package org.talaria.bench.pipe;

/** Two lines in front of the fields of a {@link Check}. */
@SuppressWarnings("unused")
abstract class CheckPadding {
    /** Fills the gap behind the header, where the virtual machine would put a field of a subclass. */
    private int gap;

    private long p0;
    private long p1;
    private long p2;
    private long p3;
    private long p4;
    private long p5;
    private long p6;
    private long p7;
    private long p8;
    private long p9;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
    private long p15;
}

package org.talaria.bench.pipe;

/** What the consumer writes with each message, between lines of padding: no pipe's sender reads beside it, wherever the collector puts it. */
@SuppressWarnings("unused")
abstract class CheckFields extends CheckPadding {
    long next;
    long wrong;
    long goal;
    private long q0;
    private long q1;
    private long q2;
    private long q3;
    private long q4;
    private long q5;
    private long q6;
    private long q7;
    private long q8;
    private long q9;
    private long q10;
    private long q11;
    private long q12;
    private long q13;
    private long q14;
    private long q15;
}

package org.talaria.message;

/** Two lines behind the fields of a {@link View}. */
@SuppressWarnings("unused")
abstract class ViewPaddingBehind extends ViewPlace {
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

    ViewPaddingBehind() {}
}

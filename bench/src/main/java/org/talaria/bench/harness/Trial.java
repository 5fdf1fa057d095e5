package org.talaria.bench.harness;

/** One side of a comparison. Verifies what it carried, and throws where that was wrong: a fast wrong answer is no figure. */
@FunctionalInterface
public interface Trial {
    /** Sets up, runs so many operations, verifies, and leaves no thread spinning behind. */
    Timing run(long operations) throws Exception;
}

package org.talaria.tests.support;

/** Whether the native engine is under test. */
public final class NativeBuild {
    /** Said once, and by each test that is skipped. */
    public static final String WHY =
            "the native library was not built (talaria.native.skip): the native engine is not tested";

    private static final boolean SKIPPED = Boolean.getBoolean("talaria.native.skip");

    static {
        if (SKIPPED) {
            System.out.println("NOTE: " + WHY);
        }
    }

    private NativeBuild() {}

    /** Whether the build had no native library to test. */
    public static boolean skipped() {
        return SKIPPED;
    }
}

package org.talaria.bindings;

import java.io.IOException;

/** A program for a process of its own: loads the library as the core would and says what came of it. */
public final class LoadProbe {
    /** Argument: compare with a version that no library has. */
    static final String WRONG_VERSION = "wrong-version";

    /** Argument: compare with a layout text whose first constant has another value. */
    static final String WRONG_LAYOUT = "wrong-layout";

    /** Argument: say {@code ready} and wait for a line before loading. */
    static final String GATE = "gate";

    private LoadProbe() {}

    /** Prints {@code available=…} and {@code reason=…}, a line each. */
    public static void main(String[] args) throws IOException {
        String wish = args.length == 0 ? "" : args[0];
        if (wish.equals(GATE)) {
            System.out.println("ready");
            if (System.in.read() < 0) {
                throw new IOException("The test went away");
            }
        }
        NativeLibrary.Status status = status(wish);
        System.out.println("available=" + status.available());
        System.out.println("reason=" + status.reason());
        if (status.available()) {
            useIt();
        }
    }

    private static NativeLibrary.Status status(String wish) {
        // The library's own figures can be asked for once it is loaded, which a refused handshake leaves it.
        NativeLibrary.Status first = NativeLibrary.load(-1, 0, "");
        if (wish.equals(WRONG_VERSION) || !first.reason().contains("version -1")) {
            return first;
        }
        String text = CoreApi.layoutText();
        if (wish.equals(WRONG_LAYOUT)) {
            return NativeLibrary.load(
                    CoreApi.abiVersion(), CoreApi.layoutHash() + 1, text.replaceFirst("=[^;]*;", "=another;"));
        }
        return NativeLibrary.load(CoreApi.abiVersion(), CoreApi.layoutHash(), text);
    }

    private static void useIt() {
        long engine = CoreApi.engineOpen(
                0,
                0,
                (address, length, position, shard, worker) -> 0,
                (record, reason, text, shard, worker) -> {},
                (endpoint, worker) -> -1);
        System.out.println("open=" + engine + " error=" + CoreApi.lastError());
    }
}

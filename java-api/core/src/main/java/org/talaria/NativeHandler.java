package org.talaria;

import java.nio.file.Path;

/**
 * A handler in a shared library of the application's own, written with {@code talaria/handler.h}.
 *
 * @param library path of the shared library
 * @param symbol name given to {@code TALARIA_HANDLER}
 */
public record NativeHandler(Path library, String symbol) {
    /** The handlers in a library. */
    public static Library in(Path library) {
        return new Library(library);
    }

    /**
     * A shared library.
     *
     * @param path where it lies
     */
    public record Library(Path path) {
        /** One of its handlers, by the name given to {@code TALARIA_HANDLER}. */
        public NativeHandler handler(String symbol) {
            return new NativeHandler(path, symbol);
        }
    }
}

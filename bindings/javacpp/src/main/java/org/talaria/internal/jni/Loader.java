package org.talaria.internal.jni;

/**
 * Stands before JavaCPP's {@code Loader} in the generated classes of this package.
 *
 * <p>Each of them says {@code static { Loader.load(); }} under the import {@code org.bytedeco.javacpp.*}; a class of the own package
 * shadows a class imported on demand. JavaCPP would look for the library by itself, in a cache of its own without a checksum; here
 * {@link org.talaria.bindings.NativeLibrary} loads it. It must not throw either: a class whose initializer has thrown is lost for the
 * life of the process, even if the library is loaded later.
 */
final class Loader {
    private Loader() {}

    static void load() {}
}

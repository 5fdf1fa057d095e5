package org.talaria.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at a Linux library before the dynamic linker does, whose words for a damaged or foreign file help nobody, and which maps a file
 * cut short without complaint, to end the process with SIGBUS later.
 */
final class ElfFile {
    private static final int MAGIC = 0x464C457F;
    private static final int HEADER_BYTES = 64;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int TYPE_SHARED = 3;
    private static final int MACHINE_X86_64 = 62;
    private static final int MACHINE_AARCH64 = 183;

    private ElfFile() {}

    /** Throws the reason why this JVM cannot load the file. Files of other systems than Linux are left to their loader. */
    static void requireUsable(Path file) throws IOException, Unavailable {
        if (!NativePlatform.os().equals("linux")) {
            return;
        }
        ByteBuffer header = read(file);
        if (header.remaining() < HEADER_BYTES || header.getInt(0) != MAGIC) {
            throw new Unavailable(
                    file + " is no shared library (damaged, or another file): delete it or name the right one");
        }
        boolean shared =
                header.get(4) == CLASS_64 && header.get(5) == LITTLE_ENDIAN && header.getShort(16) == TYPE_SHARED;
        int machine = header.getShort(18) & 0xFFFF;
        if (!shared || machine != machineOf(NativePlatform.arch())) {
            throw new Unavailable(file + " was built for " + nameOf(machine) + ", this JVM runs on "
                    + NativePlatform.arch() + ": use the native jar with classifier " + NativePlatform.name());
        }
        requireWhole(file, header);
    }

    /** The section headers stand at the end of what a linker writes, so a file that holds them all has not been cut short. */
    private static void requireWhole(Path file, ByteBuffer header) throws IOException, Unavailable {
        long end = header.getLong(40) + (long) (header.getShort(58) & 0xFFFF) * (header.getShort(60) & 0xFFFF);
        long size = Files.size(file);
        if (end < 0 || end > size) {
            throw new Unavailable(
                    file + " is damaged: it ends after " + size + " of " + end + " bytes; delete it or build it again");
        }
    }

    private static ByteBuffer read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ByteBuffer.wrap(in.readNBytes(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static int machineOf(String arch) {
        return switch (arch) {
            case "x86_64" -> MACHINE_X86_64;
            case "arm64" -> MACHINE_AARCH64;
            default -> -1;
        };
    }

    private static String nameOf(int machine) {
        return switch (machine) {
            case MACHINE_X86_64 -> "x86_64";
            case MACHINE_AARCH64 -> "arm64";
            default -> "another processor (ELF machine " + machine + ")";
        };
    }
}

package org.talaria.journal.write;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.journal.read.EntryTag;
import org.talaria.journal.store.Scratch;
import org.talaria.message.Schema;

/** Packs what is not a ring record into bodies of excerpts. The journaler's thread. */
final class Packing {
    private final Map<String, String> digests = new HashMap<>();

    void put(Scratch body, JournalEntry entry) {
        if (entry instanceof JournalEntry.Endpoint endpoint) {
            put(body, endpoint);
        } else if (entry instanceof JournalEntry.SenderGiven sender) {
            body.putInt(EntryTag.SENDER)
                    .putInt(sender.senderId())
                    .putInt(sender.index())
                    .putInt(sender.generation())
                    .putString(sender.name());
        } else if (entry instanceof JournalEntry.SenderSucceeds sender) {
            body.putInt(EntryTag.SUCCEEDS)
                    .putInt(sender.senderId())
                    .putInt(sender.oldId())
                    .putInt(sender.index())
                    .putInt(sender.generation())
                    .putString(sender.name());
        } else if (entry instanceof JournalEntry.EndpointStopped stopped) {
            body.putInt(EntryTag.STOPPED).putInt(stopped.index()).putInt(stopped.generation());
        }
    }

    static void put(Scratch body, MoveEntries.Numbered numbered) {
        JournalEntry.EndpointMoves move = numbered.move();
        body.putInt(EntryTag.MOVES)
                .putInt(move.index())
                .putInt(move.generation())
                .putInt(numbered.number())
                .putInt(move.from())
                .putInt(move.to());
        move.begins().forEach(body::putLong);
    }

    private void put(Scratch body, JournalEntry.Endpoint endpoint) {
        body.putInt(EntryTag.ENDPOINT)
                .putInt(endpoint.index())
                .putInt(endpoint.generation())
                .putInt(endpoint.shard())
                .putInt(endpoint.kind())
                .putInt(endpoint.senderId())
                .putInt(endpoint.unjournaled() ? 1 : 0)
                .putString(endpoint.name())
                .putString(endpoint.type())
                .putString(endpoint.library())
                .putString(endpoint.symbol())
                .putString(
                        endpoint.library().isEmpty()
                                ? ""
                                : digests.computeIfAbsent(endpoint.library(), Packing::sha256));
    }

    static void put(Scratch body, Schema schema) {
        body.putInt(schema.id())
                .putInt(schema.fixedLength())
                .putInt(schema.variable() ? 1 : 0)
                .putString(schema.name())
                .putString(schema.layout());
    }

    /** SHA-256 of a library, in hexadecimal; empty if it cannot be read any more, which a replay then says. */
    private static String sha256(String library) {
        try (InputStream in = Files.newInputStream(Path.of(library));
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            return "";
        }
    }
}

package org.talaria.journal.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.BufferUtil;
import org.agrona.collections.Long2LongHashMap;
import org.talaria.TalariaException;
import org.talaria.internal.engine.ReplayEngine;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.IdSet;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.read.Step;

/**
 * Translates records from the run's addresses to the replay's and feeds them: an endpoint has another row here than it had there. Everything else
 * stays as it was: sender, sequence, correlation.
 */
final class Feeder {
    private final EpochIndex epoch;
    private final ReplayEngine engine;
    private final Registry registry;
    private final Map<String, Path> libraries;
    /** Address in the run to address here; −1 where nothing is registered. */
    private final Long2LongHashMap addresses = new Long2LongHashMap(0);
    /** Address in the run to the sender id it had there. */
    private final Long2LongHashMap senders = new Long2LongHashMap(0);

    private final IdSet fed = new IdSet();
    private ByteBuffer copy = BufferUtil.allocateDirectAligned(4 << 10, 64);

    Feeder(EpochIndex epoch, ReplayEngine engine, Registry registry, Map<String, Path> libraries) {
        this.epoch = epoch;
        this.engine = engine;
        this.registry = registry;
        this.libraries = libraries;
        registry.journaled(this::makeNative);
        for (SenderInfo sender : epoch.directory().senders()) {
            if (!sender.isThread()) {
                long key = key(sender.index(), sender.generation());
                // One that used up its sequences has a later id too: its first is the smallest.
                long known = senders.get(key);
                senders.put(key, known == 0 ? sender.senderId() : Math.min(known, sender.senderId()));
            }
        }
    }

    private static long key(int index, int generation) {
        return (long) generation << 32 | index & 0xFFFFFFFFL;
    }

    Registry registry() {
        return registry;
    }

    /** Whether the endpoint can be fed; makes it if it must be made now. */
    boolean ready(EndpointInfo to) {
        return addressOf(to) > 0;
    }

    private long addressOf(EndpointInfo to) {
        long key = key(to.index(), to.generation());
        long known = addresses.get(key);
        if (known == 0) {
            known = find(to);
            addresses.put(key, known);
        }
        return known;
    }

    private boolean makeNative(String name) {
        return epoch.directory().endpoints().stream()
                .anyMatch(info ->
                        info.kind() == EndpointInfo.NATIVE && info.name().equals(name) && ready(info));
    }

    private long find(EndpointInfo to) {
        if (registry.make(to.name())) {
            return engine.address(to.name());
        }
        if (to.kind() == EndpointInfo.NATIVE) {
            engine.setUp(() -> engine.nativeEndpoint(to.name(), library(to), to.symbol()));
            return engine.address(to.name());
        }
        return -1;
    }

    /** The library of the run, or what was given instead; a file that changed since is refused. */
    private Path library(EndpointInfo to) {
        Path instead = libraries.get(to.library());
        if (instead != null) {
            return instead;
        }
        Path journaled = Path.of(to.library());
        String now = sha256(journaled);
        if (!now.equals(to.librarySha256())) {
            throw new TalariaException("the handler library " + journaled + " of " + to.name()
                    + (now.isEmpty()
                            ? " cannot be read"
                            : " is not the one of the run: its SHA-256 is " + now + ", and was " + to.librarySha256())
                    + ". Name the right file with --library");
        }
        return journaled;
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            return "";
        }
    }

    /** Feeds a record to an endpoint that is ready; whether it was handled. */
    boolean feed(Step step, EndpointInfo to) {
        RecordView record = step.record();
        long at;
        if (record.has(RecordDescriptor.FLAG_WAITER)) {
            at = copyOfCall(record);
        } else {
            at = copyOf(record);
            translateReply(at);
        }
        long address = addressOf(to);
        Mem.putInt(at + RecordDescriptor.TARGET_OFFSET, (int) address);
        Mem.putInt(
                at + RecordDescriptor.GENERATION_OFFSET,
                RecordDescriptor.generationAndFlags((int) (address >>> 32), RecordDescriptor.flags(at)));
        SenderInfo sender = epoch.directory().sender(record.sender());
        if (sender != null && !sender.isThread()) {
            engine.knownSender(record.sender(), sender.name());
        }
        engine.nextSender((int) senders.get(key(to.index(), to.generation())));
        if (comparable(to)) {
            fed.add(record.id());
        }
        return engine.feed(at, record.shard(), record.position(), step.timeNs());
    }

    private long room(int bytes) {
        if (copy.capacity() < bytes) {
            copy = BufferUtil.allocateDirectAligned(2 * bytes, 64);
        }
        return BufferUtil.address(copy);
    }

    private long copyOf(RecordView record) {
        int length = RingDescriptor.align8(record.lengthBytes());
        long at = room(length);
        Mem.copy(record.address(), at, length);
        return at;
    }

    /** The request of a waiting thread, whose slot is of the run: here it is one of the endpoint that stands for all threads, and so a word longer. */
    private long copyOfCall(RecordView record) {
        int length = record.lengthBytes();
        long at = room(RingDescriptor.align8(length) + Long.BYTES);
        int head = RecordDescriptor.extensionOffset(record.flags(), RecordDescriptor.FLAG_CORRELATION) + Long.BYTES;
        Mem.copy(record.address(), at, head);
        Mem.putLong(at + head, engine.threadsAddress());
        Mem.copy(record.address() + head, at + head + Long.BYTES, RingDescriptor.align8(length) - head);
        Mem.putInt(at + RecordDescriptor.LENGTH_OFFSET, length + Long.BYTES);
        int flags = record.flags() & ~RecordDescriptor.FLAG_WAITER | RecordDescriptor.FLAG_REPLY_TO;
        Mem.putShort(at + RecordDescriptor.FLAGS_OFFSET, (short) flags);
        return at;
    }

    /** Whom to reply to, here: the asker, or nobody. */
    private void translateReply(long at) {
        int flags = RecordDescriptor.flags(at);
        if ((flags & RecordDescriptor.FLAG_REPLY_TO) != 0) {
            long word = at + RecordDescriptor.extensionOffset(flags, RecordDescriptor.FLAG_REPLY_TO);
            Mem.putLong(word, asker(Mem.getLong(word)));
        }
    }

    private long asker(long recorded) {
        EndpointInfo asker = epoch.directory().endpoint((int) recorded, (int) (recorded >>> 32 & 0xFFFF));
        long address = asker == null ? -1 : addressOf(asker);
        return address > 0 ? address : engine.nobodyAddress();
    }

    /** Whether the sends of an endpoint's handler can be compared: those of C++ are suppressed below. */
    boolean comparable(EndpointInfo endpoint) {
        return endpoint.kind() != EndpointInfo.NATIVE && !registry.hasHandler(endpoint.name());
    }

    /** Whether a record was sent by a handler whose handling was fed, so that it must have been sent again. */
    boolean expects(RecordView record) {
        return record.cause() != 0 && fed.contains(record.cause());
    }

    /** The name of who sent a record. */
    String senderOf(RecordView record) {
        SenderInfo sender = epoch.directory().sender(record.sender());
        return sender == null ? "sender " + record.sender() : sender.name();
    }
}

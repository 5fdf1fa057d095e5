package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.internal.engine.UsedUp;
import org.talaria.journal.Journal;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.verify.Offender;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;
import org.talaria.message.Address;
import org.talaria.tests.messages.Hop;
import org.talaria.tests.nativeside.HandlerLibrary;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** R27: a sender whose sequence is used up goes on under a later id; receivers and the journal know whose it is, and order holds across. */
class SuccessionTest {
    private static final int LAST = Integer.MAX_VALUE;

    /** What the receiver was told of a message. */
    private record Got(int sender, int sequence, @Nullable ActorRef<?> from) {}

    @TempDir
    Path folder;

    private final List<Got> got = Collections.synchronizedList(new ArrayList<>());

    private Talaria open(Fabric fabric, Journal.Mode mode) {
        return fabric.open(config -> config.journal(Journal.at(folder).mode(mode)));
    }

    private ActorRef<Hop> sink(Talaria talaria) {
        return talaria.actor(
                "sink",
                Hop.class,
                (hop, context) -> got.add(
                        new Got((int) (context.messageId() >> 32), (int) context.messageId(), context.sender())));
    }

    /** Sends 3, 5 and 3 messages; before the second and the third lot the sender is left 2 numbers, and 1. @return the sender's three ids */
    private List<Integer> useUpTwice(Talaria talaria, IntConsumer send, IntConsumer leave) {
        send.accept(3);
        Fabric.settle(talaria);
        leave.accept(2);
        send.accept(5);
        Fabric.settle(talaria);
        leave.accept(1);
        send.accept(3);
        Fabric.settle(talaria);
        List<Integer> ids = got.stream().map(Got::sender).distinct().toList();
        assertEquals(3, ids.size(), got::toString);
        List<Integer> expected = new ArrayList<>(Collections.nCopies(5, ids.get(0)));
        expected.addAll(Collections.nCopies(4, ids.get(1)));
        expected.addAll(Collections.nCopies(2, ids.get(2)));
        assertEquals(expected, got.stream().map(Got::sender).toList());
        assertEquals(
                List.of(LAST - 1, LAST, 1, 2, 3, LAST, 1, 2),
                got.stream().skip(3).map(Got::sequence).toList());
        assertTrue(ids.get(0) < ids.get(1) && ids.get(1) < ids.get(2), ids::toString);
        return ids;
    }

    private Verdict verify() {
        return Verifier.verify(folder, Options.defaults(), Progress.NONE);
    }

    /** The journal of an engine that is open, so that its end does not miss the numbers that the test left out. */
    private void journalKnows(Talaria talaria, String name, List<Integer> ids) {
        talaria.flushJournal();
        Verdict verdict = verify();
        assertEquals(Verdict.Result.PROVED_UP_TO, verdict.result(), verdict.text());
        Directory directory = JournalIndex.of(folder).last().directory();
        int before = 0;
        for (int id : ids) {
            assertEquals(name, directory.sender(id).name());
            assertEquals(before, directory.sender(id).succeeds());
            before = id;
        }
        List<Long> shown = new ArrayList<>();
        Show show = Show.of(folder);
        show.each(Filter.all().sender(name).endpoint("sink"), message -> shown.add(message.id()));
        assertEquals(
                got.stream()
                        .map(one -> (long) one.sender() << 32 | one.sequence())
                        .toList(),
                shown);
        assertEquals(name, show.causesOf(shown.get(10), 0).get(0).sender());
    }

    /** Nothing but the numbers left out is missing, of the ids that were used up. */
    private void onlyTheLeftOutAreMissing(Talaria talaria, List<Integer> ids) {
        talaria.close();
        Verdict verdict = verify();
        assertEquals(
                List.of(Check.LOSS, Check.LOSS),
                verdict.offenders().stream().map(Offender::check).toList(),
                verdict.text());
        assertEquals(
                ids.subList(0, 2),
                verdict.offenders().stream()
                        .map(offender -> (int) (offender.recordId() >> 32))
                        .sorted()
                        .toList());
    }

    @BothEngines
    void aThreadGoesOn(Fabric fabric) {
        Talaria talaria = open(fabric, Journal.Mode.ASYNC);
        ActorRef<Hop> sink = sink(talaria);
        Address nobody = Address.of(sink);
        List<Integer> ids = useUpTwice(
                talaria,
                count -> IntStream.range(0, count)
                        .forEach(i -> sink.tell(new Hop(0, nobody)).orThrow()),
                left -> UsedUp.thread(talaria, left));
        journalKnows(talaria, Thread.currentThread().getName(), ids);
        onlyTheLeftOutAreMissing(talaria, ids);
    }

    /** A batch has one claim, so one id: where it does not fit into the old one, it goes out whole under the new. */
    @BothEngines
    void aBatchGoesOutUnderOneId(Fabric fabric) {
        Talaria talaria = open(fabric, Journal.Mode.WRITE_AHEAD);
        ActorRef<Hop> sink = sink(talaria);
        Hop hop = new Hop(0, Address.of(sink));
        sink.tell(hop).orThrow();
        Fabric.settle(talaria);
        UsedUp.thread(talaria, 2);
        sink.tellAll(List.of(hop, hop, hop)).orThrow();
        Fabric.settle(talaria);
        int later = got.get(1).sender();
        assertTrue(later > got.get(0).sender(), got::toString);
        assertEquals(
                List.of(new Got(later, 1, null), new Got(later, 2, null), new Got(later, 3, null)), got.subList(1, 4));
        talaria.flushJournal();
        assertEquals(
                got.get(0).sender(),
                JournalIndex.of(folder).last().directory().sender(later).succeeds());
        assertEquals(Verdict.Result.PROVED_UP_TO, verify().result(), verify().text());
    }

    private void anEndpointGoesOn(Talaria talaria, ActorRef<Hop> endpoint, ActorRef<Hop> sink) {
        Hop hop = new Hop(1, Address.of(sink));
        List<Integer> ids = useUpTwice(
                talaria,
                count -> IntStream.range(0, count)
                        .forEach(i -> endpoint.tell(hop).orThrow()),
                left -> UsedUp.endpoint(endpoint, left));
        assertTrue(got.stream().allMatch(one -> Objects.equals(endpoint, one.from())), got::toString);
        assertEquals(ids, UsedUp.idsOf(talaria, endpoint, ids.get(2) + 10));
        journalKnows(talaria, "mover", ids);
        talaria.stop(endpoint).orThrow();
        Fabric.settle(talaria);
        assertEquals(List.of(), UsedUp.idsOf(talaria, endpoint, ids.get(2) + 10), "all ids are forgotten");
        onlyTheLeftOutAreMissing(talaria, ids);
    }

    @BothEngines
    void aJavaEndpointGoesOn(Fabric fabric) {
        Talaria talaria = open(fabric, Journal.Mode.WRITE_AHEAD);
        ActorRef<Hop> sink = sink(talaria);
        ActorRef<Hop> mover =
                talaria.actor("mover", Hop.class, hop -> sink.tell(hop).orThrow());
        anEndpointGoesOn(talaria, mover, sink);
    }

    /** Without a journal a send like the last takes a short way: not with the id that the batch between them has used up. */
    @BothEngines
    void aSendLikeTheLastGoesOnUnderTheNewId(Fabric fabric) {
        Talaria talaria = fabric.open();
        ActorRef<Hop> sink = sink(talaria);
        Hop hop = new Hop(0, Address.of(sink));
        ActorRef<Hop> mover = talaria.actor("mover", Hop.class, message -> {
            sink.tell(hop).orThrow();
            sink.tell(hop).orThrow();
            sink.tellAll(List.of(hop, hop, hop)).orThrow();
            sink.tell(hop).orThrow();
        });
        mover.tell(hop).orThrow();
        Fabric.settle(talaria);
        UsedUp.endpoint(mover, 3);
        mover.tell(hop).orThrow();
        Fabric.settle(talaria);
        int old = got.get(0).sender();
        int later = got.get(11).sender();
        assertTrue(later > old, got::toString);
        assertEquals(
                List.of(old, old, old, later, later, later),
                got.stream().skip(6).map(Got::sender).toList());
        assertEquals(
                List.of(LAST - 2, LAST - 1, LAST, 1, 2, 3),
                got.stream().skip(6).map(Got::sequence).toList());
    }

    @NativeOnly
    void aCppEndpointGoesOn(Fabric fabric) {
        Talaria talaria = open(fabric, Journal.Mode.ASYNC);
        ActorRef<Hop> sink = sink(talaria);
        anEndpointGoesOn(talaria, talaria.nativeActor("mover", Hop.class, HandlerLibrary.handler("returner")), sink);
    }

    @NativeOnly
    void aCppEndpointGoesOnWriteAhead(Fabric fabric) {
        Talaria talaria = open(fabric, Journal.Mode.WRITE_AHEAD);
        ActorRef<Hop> sink = sink(talaria);
        anEndpointGoesOn(talaria, talaria.nativeActor("mover", Hop.class, HandlerLibrary.handler("returner")), sink);
    }
}

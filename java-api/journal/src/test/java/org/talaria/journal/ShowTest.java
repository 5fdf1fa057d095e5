package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.BankMessages.Transfer;
import org.talaria.journal.app.Everything.All;
import org.talaria.journal.app.Everything.Nothing;
import org.talaria.journal.app.Everything.Point;
import org.talaria.journal.app.Everything.Side;
import org.talaria.journal.app.LiveBank;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.show.Shown;

/** Messages are shown with their fields, without their classes; filters and chains of causes. */
class ShowTest {
    @TempDir
    Path folder;

    private Talaria open() {
        return Talaria.open(config().engine(EngineKind.JAVA)
                .shards(4)
                .ringCapacityBytes(64 << 10)
                .journal(Journal.at(folder)));
    }

    private List<Shown> show(Filter filter) {
        List<Shown> all = new ArrayList<>();
        Show.of(folder).each(filter, all::add);
        return all;
    }

    @Test
    void shouldDecodeEveryKindOfField() {
        try (Talaria talaria = open()) {
            ActorRef<All> all = talaria.actor("all", All.class, message -> {});
            ActorRef<Nothing> nothing = talaria.actor("nothing", Nothing.class, message -> {});
            all.tell(new All(
                            true,
                            (byte) -1,
                            (short) 300,
                            'ß',
                            -7,
                            1L << 40,
                            1.5f,
                            Double.NaN,
                            new UUID(1, 2),
                            Side.SELL,
                            new Point(0.25, 2),
                            new int[] {4, 5},
                            new Point[] {new Point(1, 1), new Point(2, 2)},
                            null,
                            "say \"hi\"\n\u0001",
                            null,
                            9))
                    .orThrow();
            nothing.tell(new Nothing()).orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(30)));
        }
        Shown shown = show(Filter.all().endpoint("all")).get(0);
        assertEquals(
                "{flag=true, small=-1, less=300, letter=\"ß\", number=-7, large=1099511627776, real=1.5, precise=NaN, "
                        + "uuid=\"00000000-0000-0001-0000-000000000002\", side=\"SELL\", point={x=0.25, y=2.0}, pair=[4, 5], "
                        + "points=[{x=1.0, y=1.0}, {x=2.0, y=2.0}], text=\"say \\\"hi\\\"\\n\\u0001\", maybe=9}",
                shown.text());
        assertTrue(shown.json().startsWith("{\"flag\":true,\"small\":-1,"), shown.json());
        assertTrue(shown.json().contains("\"precise\":\"NaN\""), shown.json());
        assertTrue(shown.toJson().contains("\"type\":\"org.talaria.journal.app.Everything$All\""), shown.toJson());
        assertEquals("{}", show(Filter.all().type("Nothing")).get(0).text());
        assertEquals(2, show(Filter.all()).size());
    }

    @Test
    void shouldFilterAndWalkCauses() {
        long deposit;
        try (Talaria talaria = open()) {
            LiveBank bank = new LiveBank(talaria, 4);
            bank.account(0).tell(new Transfer(1, 50)).orThrow();
            bank.account(2).tell(new Deposit(-1, "refused")).orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(30)));
        }
        assertEquals(1, show(Filter.all().type("Transfer")).size());
        assertEquals(
                2,
                show(Filter.all().sender("clerk").withControls()).size()
                        + show(Filter.all().endpoint("clerk")).size());
        Shown dead = show(Filter.all().endpoint("account-2")).get(0);
        assertEquals("dead: HANDLER_FAILED", dead.state());
        Shown arrived = show(Filter.all().endpoint("account-1")).get(0);
        assertEquals("account-0", arrived.sender());
        List<Shown> chain = Show.of(folder).causesOf(arrived.id(), 0);
        assertEquals(
                List.of("Deposit", "Allowed", "MayTransfer", "Transfer"),
                chain.stream()
                        .map(link -> link.type().substring(link.type().indexOf('$') + 1))
                        .toList());
        assertEquals("main", chain.get(3).sender());
        long at = arrived.timeNs();
        assertTrue(show(Filter.all().between(at, at + 1)).stream().anyMatch(message -> message.id() == arrived.id()));
        assertEquals(
                List.of(), show(Filter.all().between(at + Duration.ofHours(1).toNanos(), 0)));
        deposit = Show.parseId((int) (arrived.id() >> 32) + ":" + (int) arrived.id());
        assertEquals(arrived.id(), deposit);
        assertThrows(TalariaException.class, () -> Show.parseId("12"));
        assertThrows(TalariaException.class, () -> Show.of(folder).causesOf(77L << 32 | 1, 0));
    }
}

package snippets;

import static java.time.Duration.ofMillis;
import static org.talaria.BackPressure.FAIL;
import static org.talaria.TalariaConfig.config;
import static org.talaria.actor.ActorOptions.options;
import static org.talaria.actor.Mailbox.bounded;
import static org.talaria.journal.Journal.Mode.WRITE_AHEAD;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.talaria.ActorRef;
import org.talaria.NativeHandler;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.journal.Journal;
import org.talaria.tests.messages.AccountCommand;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.AddClaim;
import org.talaria.tests.messages.AddView;
import org.talaria.tests.messages.Balance;
import org.talaria.tests.messages.Deposit;
import org.talaria.tests.messages.GetBalance;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.messages.SumView;
import org.talaria.tests.messages.Withdraw;

class Snippets {
    static final Duration SOON = ofMillis(50);
    double total;

    static final class Account extends Actor<AccountCommand> {
        private long cents;

        @Override
        protected Receive<AccountCommand> receive() {
            return on(Deposit.class, d -> cents += d.cents())
                    .on(Withdraw.class, (w, context) -> cents -= w.cents())
                    .answer(GetBalance.class, q -> new Balance(cents));
        }
    }

    void hello() {
        try (Talaria talaria = Talaria.open()) {
            ActorRef<Add> adder = talaria.answering("adder", Add.class, add -> new Sum(add.a() + add.b()));
            Outcome outcome = adder.tell(new Add(1, 2));
            CompletionStage<Sum> later = adder.ask(new Add(1, 2), SOON);
            Sum now = adder.call(new Add(1, 2), SOON);
            adder.tell(new Add(1, 2)).orThrow();
            var stage = adder.ask(new Add(1, 2), SOON);
            stage.thenApply(Sum::value).thenAccept(v -> total += v);
            var other = talaria.actor(
                    "adder2", Add.class, (add, context) -> context.reply(add, new Sum(add.a() + add.b())));
            Sum s = other.within(SOON).call(new Add(1, 2));
            System.out.println(outcome + " " + later + now + s);
        }
    }

    void state(Talaria talaria) {
        ActorRef<AccountCommand> account =
                talaria.with(options().mailbox(bounded(1_000, FAIL))).actor("account-7", Account::new);
        var inferred = talaria.actor("account-8", Account::new);
        Balance b = inferred.call(new GetBalance(), SOON);
        ActorRef<GetBalance> narrow = ActorRef.narrow(account);
        Balance c = narrow.call(new GetBalance(), SOON);
        System.out.println(b.cents() + c.cents() + wild(account).cents());
    }

    Balance wild(ActorRef<? super GetBalance> any) {
        return any.call(new GetBalance(), SOON);
    }

    void withoutGarbage(Talaria talaria, ActorRef<Add> adder) {
        AddClaim.tell(adder, 1, 2).orThrow();
        Outcome outcome;
        try (AddClaim claim = AddClaim.of(adder)) {
            outcome = claim.a(1).b(2).commit();
        }
        try (AddClaim batch = AddClaim.batch(adder, 512)) {
            for (int i = 0; i < 512; i++) {
                batch.next().a(i).b(i);
            }
            batch.commit().orThrow();
        }
        Outcome all = adder.tellAll(List.of(new Add(1, 2), new Add(3, 4)));
        SumView sum = SumView.own();
        if (AddClaim.callInto(adder, 1, 2, sum).accepted()) {
            total += sum.value();
        }
        if (adder.callInto(new Add(1, 2), sum).accepted()) {
            total += sum.value();
        }
        talaria.actor("adder", AddView.TYPE, add -> total += add.a());
        talaria.actor("adder", AddView.TYPE, (add, c) -> c.reply(add, new Sum(add.a() + add.b())));
        ActorRef<Add> typed = talaria.actor("adder", AddView.TYPE, (add, c) -> total += add.a());
        System.out.println(outcome + " " + all + typed);
    }

    void nativeHandlers(Talaria talaria) {
        ActorRef<Add> adder = talaria.nativeActor(
                "native-adder", Add.class, NativeHandler.in(Path.of("libhandlers.so")).handler("adder"));
        Sum sum = adder.call(new Add(1, 2), SOON);
        System.out.println(sum);
    }

    void timers(Talaria talaria, ActorRef<Add> adder, ActorRef<AccountCommand> account) {
        Timer once = talaria.timers().once(adder, new Add(1, 2), SOON);
        talaria.timers().fixedRate(account, new Deposit(1), SOON, SOON);
        talaria.actor("ticking", Add.class, (add, context) -> context.timers().once(adder, add, SOON));
        if (!once.cancel()) {
            System.out.println("it was sent");
        }
    }

    void journal(Path path) {
        try (Talaria talaria = Talaria.open(config().journal(Journal.at(path).mode(WRITE_AHEAD)))) {
            talaria.flushJournal();
        }
    }
}

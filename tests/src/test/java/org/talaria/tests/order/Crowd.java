package org.talaria.tests.order;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.StampedView;

/**
 * Actors that check what they get: whole, meant for them, strictly increasing for each sender, never two runs at once. The state of an
 * actor is plain on purpose: only the engine orders it.
 */
final class Crowd {
    private final Member[] members;
    private final List<ActorRef<org.talaria.tests.messages.Stamped>> refs;
    private final AtomicReference<String> fault = new AtomicReference<>();

    /** {@code weight} = most spins of the slowest actor; actor {@code i} costs {@code weight * (i % 17) / 16}. */
    Crowd(Talaria talaria, ActorOptions options, int actors, int senders, int weight) {
        members = IntStream.range(0, actors)
                .mapToObj(target -> new Member(target, senders, weight * (target % 17) / 16))
                .toArray(Member[]::new);
        refs = IntStream.range(0, actors)
                .mapToObj(target -> talaria.with(options)
                        .actor("member-" + target, StampedView.TYPE, stamped -> members[target].take(stamped)))
                .toList();
    }

    List<ActorRef<org.talaria.tests.messages.Stamped>> refs() {
        return refs;
    }

    ActorRef<org.talaria.tests.messages.Stamped> ref(int target) {
        return refs.get(target);
    }

    int size() {
        return members.length;
    }

    /** The last number that an actor got from a sender. */
    long last(int target, int sender) {
        return members[target].last[sender];
    }

    /** Messages handled. The engine is quiet. */
    long handled() {
        long sum = 0;
        for (Member member : members) {
            sum += member.count;
        }
        return sum;
    }

    /** The first fault seen; null if there was none. */
    String fault() {
        return fault.get();
    }

    private final class Member {
        private final int target;
        private final int spins;
        private final long[] last;
        private final AtomicInteger inside = new AtomicInteger();
        private long count;
        private long work;

        Member(int target, int senders, int spins) {
            this.target = target;
            this.spins = spins;
            this.last = new long[senders];
        }

        void take(StampedView stamped) {
            if (inside.getAndIncrement() != 0) {
                report("two runs of actor " + target + " at once");
            }
            int sender = stamped.sender();
            long number = stamped.number();
            long sum = org.talaria.tests.messages.Stamped.sum(sender, stamped.target(), number, stamped.filler());
            if (stamped.checksum() != sum) {
                report("a record visible before its bytes: " + stamped.copy());
            } else if (stamped.target() != target) {
                report("meant for another: " + stamped.copy() + " came to " + target);
            } else if (number != last[sender] + 1) {
                report("actor " + target + " got " + number + " of sender " + sender + " after " + last[sender]);
            }
            last[sender] = number;
            count++;
            for (int i = 0; i < spins; i++) {
                work += i ^ number;
            }
            inside.decrementAndGet();
        }
    }

    private void report(String what) {
        fault.compareAndSet(null, what);
    }
}

package org.talaria.tests.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.talaria.BackPressure;
import org.talaria.Outcome;

/** What the engine should do, in its simplest form: one list a mailbox. Capacity 0 is unbounded. */
final class ApiModel {
    /** At this number an actor throws. */
    static final long THROW = 13;

    /** This number an actor forwards to the sink, one higher. */
    static final long FORWARD = 17;

    /** At this number an actor stops itself. */
    static final long QUIT = 31;

    /** What an asker learns. */
    enum End {
        PENDING,
        REPLIED,
        FAILED,
        DISPLACED,
        GONE
    }

    /** A message; where it was asked, what became of it, and the reply. */
    static final class Item {
        final long number;
        End end = End.PENDING;
        long reply;

        Item(long number) {
            this.number = number;
        }
    }

    /** An actor of the model: its mailbox, and what it has handled. */
    static final class Box {
        final int capacity;
        final BackPressure policy;
        final Deque<Item> waiting = new ArrayDeque<>();
        final List<Long> handled = new ArrayList<>();
        boolean gone;

        Box(int capacity, BackPressure policy) {
            this.capacity = capacity;
            this.policy = policy;
        }

        int room() {
            return capacity == 0 || policy == BackPressure.DROP_OLDEST ? Integer.MAX_VALUE : capacity - waiting.size();
        }
    }

    final List<Box> boxes = new ArrayList<>();
    /** What was forwarded; in which order depends on who had the first turn. */
    final List<Long> sunk = new ArrayList<>();

    long accepted;
    long handled;
    long dead;
    long refused;

    /** The outcome of a send of several at once. */
    Outcome send(Box box, List<Item> items) {
        Outcome outcome = outcome(box, items.size());
        if (outcome.accepted()) {
            take(box, items);
        } else {
            refused++;
        }
        return outcome;
    }

    private static Outcome outcome(Box box, int count) {
        if (box.gone) {
            return Outcome.NO_SUCH_ENDPOINT;
        }
        if (count <= box.room()) {
            return Outcome.ACCEPTED;
        }
        return switch (box.policy) {
            case BLOCK -> Outcome.TIMED_OUT;
            case FAIL -> Outcome.BACK_PRESSURED;
            case DROP_NEWEST -> Outcome.DROPPED;
            case DROP_OLDEST -> throw new AssertionError("it always has room");
        };
    }

    /** How many {@code tellSome} takes. */
    int some(Box box, List<Item> items) {
        int count = box.gone ? 0 : Math.min(items.size(), box.room());
        take(box, items.subList(0, count));
        return count;
    }

    private void take(Box box, List<Item> items) {
        box.waiting.addAll(items);
        accepted += items.size();
    }

    /** Everything waiting is handled. */
    void drain() {
        for (Box box : boxes) {
            while (!box.waiting.isEmpty()) {
                boolean displaced =
                        box.room() == Integer.MAX_VALUE && box.capacity != 0 && box.waiting.size() > box.capacity;
                Item item = box.waiting.poll();
                if (box.gone || displaced) {
                    dead++;
                    item.end = box.gone ? End.GONE : End.DISPLACED;
                } else {
                    run(box, item);
                }
            }
        }
    }

    private void run(Box box, Item item) {
        box.handled.add(item.number);
        if (item.number == THROW) {
            dead++;
            item.end = End.FAILED;
            return;
        }
        handled++;
        item.end = End.REPLIED;
        item.reply = item.number + 1;
        if (item.number == FORWARD) {
            // One more message, of the actor's, whose reply is the asker's
            accepted++;
            handled++;
            sunk.add(FORWARD + 1);
            item.reply = FORWARD + 2;
        }
        box.gone = item.number == QUIT;
    }

    /** Stopped after what was sent before. */
    Outcome stop(Box box) {
        if (box.gone) {
            return Outcome.NO_SUCH_ENDPOINT;
        }
        drain();
        box.gone = true;
        return Outcome.ACCEPTED;
    }
}

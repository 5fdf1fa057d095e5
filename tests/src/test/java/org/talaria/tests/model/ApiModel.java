package org.talaria.tests.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.talaria.BackPressure;
import org.talaria.Outcome;

/** What the engine should do, in its simplest form: one list a mailbox. Capacity 0 is unbounded. */
final class ApiModel {
    /** An actor of the model: its mailbox, and what it has handled. */
    static final class Box {
        final int capacity;
        final BackPressure policy;
        final Deque<Integer> waiting = new ArrayDeque<>();
        final List<Integer> handled = new ArrayList<>();
        boolean gone;

        Box(int capacity, BackPressure policy) {
            this.capacity = capacity;
            this.policy = policy;
        }

        int room() {
            return capacity == 0 ? Integer.MAX_VALUE : capacity - waiting.size();
        }
    }

    final List<Box> boxes = new ArrayList<>();
    long accepted;
    long handled;
    long dead;
    long refused;

    /** The outcome of a send of several at once. */
    Outcome send(Box box, List<Integer> numbers) {
        Outcome outcome = outcome(box, numbers.size());
        if (outcome.accepted()) {
            take(box, numbers);
        } else {
            refused += numbers.size();
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
        };
    }

    /** How many {@code tellSome} takes. */
    int some(Box box, List<Integer> numbers) {
        int count = box.gone ? 0 : Math.min(numbers.size(), box.room());
        take(box, numbers.subList(0, count));
        return count;
    }

    private void take(Box box, List<Integer> numbers) {
        box.waiting.addAll(numbers);
        accepted += numbers.size();
    }

    /** Everything waiting is handled. An actor throws at 13 and stops itself at 31. */
    void drain() {
        for (Box box : boxes) {
            while (!box.waiting.isEmpty()) {
                int number = box.waiting.poll();
                if (box.gone) {
                    dead++;
                } else {
                    run(box, number);
                }
            }
        }
    }

    private void run(Box box, int number) {
        box.handled.add(number);
        if (number == 13) {
            dead++;
        } else {
            handled++;
        }
        if (number == 31) {
            box.gone = true;
        }
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

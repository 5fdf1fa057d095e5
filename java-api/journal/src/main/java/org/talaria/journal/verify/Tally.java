package org.talaria.journal.verify;

import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EndpointInfo;

/** Counts for {@link Figures}. */
final class Tally {
    private int epochs;
    private long excerpts;
    private long blocks;
    private long blockBytes;
    private long messages;
    private long controls;
    private long senders;
    private long addresses;
    private long pairs;
    private long turns;
    private long handled;
    private long dead;
    private long replies;
    private long refusals;
    private long causes;
    private long moves;
    private long unjournaled;

    void excerpt() {
        excerpts++;
    }

    void block(int bytes) {
        blocks++;
        blockBytes += bytes;
    }

    void record(boolean control) {
        messages += control ? 0 : 1;
        controls += control ? 1 : 0;
    }

    void reply() {
        replies++;
    }

    void refusal() {
        refusals++;
    }

    void epoch(
            Execution execution,
            MoveChecks moveChecks,
            SenderChecks senderChecks,
            TargetChecks targets,
            Directory directory) {
        epochs++;
        turns += execution.turns();
        handled += execution.handled();
        dead += execution.dead();
        causes += execution.causes();
        moves += moveChecks.moves();
        senders += senderChecks.senders();
        pairs += senderChecks.pairs();
        addresses += targets.addresses();
        unjournaled +=
                directory.endpoints().stream().filter(EndpointInfo::unjournaled).count();
    }

    Figures figures(int segments) {
        return new Figures(
                epochs,
                segments,
                excerpts,
                blocks,
                blockBytes,
                messages,
                controls,
                senders,
                addresses,
                pairs,
                turns,
                handled,
                dead,
                replies,
                refusals,
                causes,
                moves,
                unjournaled);
    }
}

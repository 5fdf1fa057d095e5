package org.talaria.bench.ours;

import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.bench.message.Token;
import org.talaria.bench.message.TokenClaim;
import org.talaria.bench.message.TokenView;
import org.talaria.bench.pipe.RelayCheck;
import org.talaria.bench.pipe.RelayRace;

/** The relay race among Java actors on 32 shards. */
public final class TalariaRelay implements RelayRace.Field {
    private static final int SHARDS = 32;
    /** Neighbours share a shard, as who places actors by hand would do it. */
    private static final int RUNNERS_A_SHARD = RelayRace.ACTORS / SHARDS;

    private static final int MOST_WORKERS = 32;

    private final Talaria talaria;
    private final List<ActorRef<Token>> runners = new ArrayList<>();

    /** Opens an engine with as many workers as processors, as the peer has threads. */
    public TalariaRelay(RelayCheck check) {
        int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        talaria = Talaria.open(Ours.config().workers(workers).shards(SHARDS));
        for (int i = 0; i < RelayRace.ACTORS; i++) {
            int place = i;
            runners.add(talaria.with(ActorOptions.options().onShard(place / RUNNERS_A_SHARD))
                    .actor("runner-" + place, TokenView.TYPE, token -> pass(token, place, check)));
        }
    }

    private void pass(TokenView token, int place, RelayCheck check) {
        if (check.passes(token.id(), token.hops(), token.last(), place)) {
            TokenClaim.tell(runners.get(RelayRace.next(place)), token.id(), token.hops() + 1, token.last())
                    .orThrow();
        }
    }

    @Override
    public void start(int token, int last) {
        TokenClaim.tell(runners.get(RelayRace.first(token)), token, 0, last).orThrow();
    }

    @Override
    public void close() {
        talaria.close();
    }
}

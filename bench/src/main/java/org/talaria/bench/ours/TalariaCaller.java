package org.talaria.bench.ours;

import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.bench.message.Question;
import org.talaria.bench.message.QuestionClaim;
import org.talaria.bench.message.QuestionView;
import org.talaria.bench.message.Reply;
import org.talaria.bench.message.ReplyView;
import org.talaria.bench.pipe.Latencies;

/** A call to a Java actor. */
public final class TalariaCaller implements Latencies.Caller {
    private final Talaria talaria;
    private final ActorRef<Question> responder;
    private final ReplyView view = ReplyView.own();
    private final boolean records;

    /** Calls by records, or into a view without garbage. */
    public TalariaCaller(boolean records) {
        this.records = records;
        talaria = Talaria.open(Ours.config());
        responder = talaria.actor("responder", QuestionView.TYPE, (question, context) -> context.reply(
                        question, new Reply(question.b(), question.a()))
                .orThrow());
    }

    @Override
    public void call(long n) {
        if (records) {
            Reply reply = responder.call(new Question(n, n + 1));
            Latencies.verify(n, reply.a(), reply.b());
        } else {
            QuestionClaim.callInto(responder, n, n + 1, view).orThrow();
            Latencies.verify(n, view.a(), view.b());
        }
    }

    @Override
    public void close() {
        talaria.close();
    }
}

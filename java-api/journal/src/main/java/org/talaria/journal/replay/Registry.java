package org.talaria.journal.replay;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.talaria.ActorRef;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Actors;
import org.talaria.actor.Snapshot;
import org.talaria.internal.engine.ReplayEngine;

/** Makes an application's endpoints in a {@link ReplayEngine}, at once or when they are needed. */
final class Registry implements ReplayRegistry {
    private record Rule(Predicate<String> names, BiConsumer<String, Actors> maker) {}

    /** A handler of a library. */
    record Handler(Path library, String symbol) {}

    private final ReplayEngine engine;
    private final Set<String> endpoints;
    private final Actors actors;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, Handler> handlers = new LinkedHashMap<>();
    private Predicate<String> journaled = name -> false;

    Registry(ReplayEngine engine, Set<String> endpoints) {
        this.engine = engine;
        this.endpoints = endpoints;
        actors = unbounded(engine);
    }

    /** Who makes the C++ endpoints that the journal names: a handler may refer to one before it is fed, or although it is not. */
    void journaled(Predicate<String> maker) {
        journaled = maker;
    }

    /** The engine's factory, in set-up, without options: bounds are the run's business, and placement is recorded. */
    private Actors unbounded(Actors factory) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof ActorOptions) {
                return proxy;
            }
            Object[] made = new Object[1];
            Throwable[] failed = new Throwable[1];
            engine.setUp(() -> {
                try {
                    made[0] = method.invoke(factory, arguments);
                } catch (InvocationTargetException e) {
                    failed[0] = e.getTargetException();
                } catch (IllegalAccessException e) {
                    failed[0] = e;
                }
            });
            if (failed[0] != null) {
                throw failed[0];
            }
            return made[0];
        };
        return (Actors) Proxy.newProxyInstance(Actors.class.getClassLoader(), new Class<?>[] {Actors.class}, handler);
    }

    @Override
    public Actors actors() {
        return actors;
    }

    @Override
    public void matching(Predicate<String> names, BiConsumer<String, Actors> maker) {
        rules.add(new Rule(names, maker));
    }

    @Override
    public <M> ActorRef<M> ref(String name, Class<M> type) {
        if (!make(name) && !journaled.test(name)) {
            throw new TalariaException("the replay has no endpoint " + name
                    + ": register it with actors() or matching(…) before it is referred to");
        }
        return engine.find(name, type)
                .orElseThrow(() -> new TalariaException("endpoint " + name + " does not accept " + type.getName()
                        + ": register it with the type it had in the run"));
    }

    /** Makes an endpoint if it does not live and a rule is for it; whether it lives. */
    boolean make(String name) {
        if (engine.address(name) != 0) {
            return true;
        }
        Handler handler = handlers.get(name);
        if (handler != null) {
            engine.setUp(() -> engine.nativeEndpoint(name, handler.library(), handler.symbol()));
            return true;
        }
        for (Rule rule : rules) {
            if (rule.names().test(name)) {
                rule.maker().accept(name, actors);
                if (engine.address(name) == 0) {
                    throw new TalariaException("the maker registered for " + name
                            + " made no endpoint of that name: pass the name it is given on to actor(…)");
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public void snapshot(String name, Snapshot snapshot) {
        snapshots.put(name, snapshot);
    }

    Map<String, Snapshot> snapshots() {
        return snapshots;
    }

    @Override
    public void nativeHandler(String name, Path library, String symbol) {
        handlers.put(name, new Handler(library, symbol));
    }

    boolean hasHandler(String name) {
        return handlers.containsKey(name);
    }

    @Override
    public Set<String> endpoints() {
        return endpoints;
    }
}

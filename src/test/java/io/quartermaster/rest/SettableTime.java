package io.quartermaster.rest;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.SubscriptionStore;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A daemon for which it is whatever time the test says: commands take effect then, and what is
 * scheduled is due then. Leases and pauses go by the real clock, since the database does.
 */
@Alternative
@Singleton
public class SettableTime {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Turns it on. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(SettableTime.class, BookDoor.class);
        }
    }

    void is(Instant instant) {
        now = instant;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return () -> now;
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(Rules rules, Aggregates aggregates, EventLog log) {
        return new Dispatcher(rules, aggregates, dated(log));
    }

    private EventLog dated(EventLog log) {
        return (EventLog)
                Proxy.newProxyInstance(
                        EventLog.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("append")
                                    && arguments[0] instanceof List<?> commands) {
                                return log.append(commands.stream().map(this::dated).toList());
                            }
                            try {
                                return method.invoke(log, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Decided dated(Object command) {
        var decided = (Decided) command;
        return decided.effectiveAt() == null
                ? new Decided(decided.metadata(), decided.changes(), now)
                : decided;
    }

    @Produces
    @Singleton
    LeaseKeeper keeper(Leases leases) {
        return new LeaseKeeper(leases, "at-a-settable-time", InstantSource.system());
    }

    @Produces
    @Singleton
    Subscriber.Ports ports(EventLog log, SubscriptionStore store) {
        var settings = SubscriberSettings.ordinary(InstantSource.system(), new Random(1));
        return new Subscriber.Ports(log, store, settings);
    }
}

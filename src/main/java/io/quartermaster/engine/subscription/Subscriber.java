package io.quartermaster.engine.subscription;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.EventLog.Row;
import io.quartermaster.engine.EventLog.Wanted;
import io.quartermaster.engine.LostEvent;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.subscription.Subscription.Effect;
import io.quartermaster.engine.subscription.Subscription.Pure;
import io.quartermaster.engine.wire.Unreadable;
import io.quartermaster.es.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One subscription at work on its share of the streams, under one lease. It has no thread and no
 * clock of its own: each {@link #poll} deals with one batch and returns. One thread at a time.
 */
public final class Subscriber {
    private static final int PAGE = 50;
    private static final int MOST_UNSAVED = 10_000;
    private static final Duration LONGEST_UNSAVED = Duration.ofMillis(250);
    private final Subscription subscription;
    private final EventLog log;
    private final SubscriptionStore store;
    private final SubscriberSettings settings;
    private final Wanted wanted;
    private final StreamOrder order;
    private final ParkedStreams parked;
    private Checkpoint saved;
    private Instant savedAt;
    private volatile long position;
    private boolean behind = true;

    /** What a subscriber works with. */
    public record Ports(EventLog log, SubscriptionStore store, SubscriberSettings settings) {}

    /**
     * Takes over the subscription's checkpoint for these slices.
     *
     * @param epoch of the lease under which it works
     * @throws Fenced when a newer lease has done so
     */
    public Subscriber(Subscription subscription, Slices slices, long epoch, Ports ports) {
        this.subscription = subscription;
        log = ports.log();
        store = ports.store();
        settings = ports.settings();
        wanted = new Wanted(subscription.eventRoots(), slices);
        order = new StreamOrder(subscription.name());
        saved = store.open(subscription.name(), slices, epoch, start());
        savedAt = settings.clock().instant();
        position = saved.position();
        parked = new ParkedStreams(store, settings, saved);
        if (subscription.handler() instanceof Pure pure) pure.opened(saved);
    }

    /** History is for those who keep books; the world is spared what was acted out long ago. */
    private long start() {
        return switch (subscription.handler()) {
            case Pure _ -> 0;
            case Effect _ -> log.head();
        };
    }

    /**
     * Deals with parked streams that are due, and with the next batch of events.
     *
     * @throws LostEvent when the log has a hole
     * @throws Unreadable when there is an event that this program does not know
     * @throws Fenced when another one has taken over
     * @throws StorageFailure when the database cannot be reached; what was in the making is undone
     */
    public Polled poll() {
        try {
            return pollOnce();
        } catch (RuntimeException failure) {
            order.forget(); // what was read but not dealt with is read again
            throw failure;
        }
    }

    private Polled pollOnce() {
        int handled = 0;
        for (var each : parked.due(saved)) handled += retry(each);
        int size = behind ? settings.catchUpBatch() : settings.liveBatch();
        var rows = read(size);
        order.check(position, rows);
        if (!rows.isEmpty()) handled += handle(rows);
        if (isSavingDue()) deliver(List.of(), position, _ -> {});
        return new Polled(rows.size(), handled, parked.count(), position);
    }

    /** What comes before an event that cannot be read is dealt with all the same. */
    private List<Row> read(int size) {
        try {
            var rows = log.rows(position, size, wanted);
            behind = rows.size() == size;
            return rows;
        } catch (Unreadable further) {
            return log.rows(position, 1, wanted);
        }
    }

    /** Notes for people why nobody goes on with this; an opening forgets it. */
    void stop(String reason) {
        store.stop(saved, reason);
    }

    /** Up to where everything is dealt with: handled, unwanted or parked. */
    public long position() {
        return position;
    }

    /** How long it may rest after an idle poll unless the log grows. */
    public Duration rest() {
        var quiet = position > saved.position() ? LONGEST_UNSAVED : Duration.ofHours(1);
        return parked.rest().filter(next -> next.compareTo(quiet) < 0).orElse(quiet);
    }

    private int handle(List<Row> rows) {
        long last = rows.getLast().position();
        var due = new ArrayList<Envelope<?>>(rows.size());
        for (var row : rows) {
            if (row.event() != null && !parked.contains(row.stream())) due.add(row.event());
        }
        if (subscription.handler() instanceof Pure && handledTogether(due, last)) return due.size();
        int handled = 0;
        for (var event : due) {
            if (!parked.contains(event.stream())) handled += handleOrPark(event);
        }
        position = last;
        return handled;
    }

    /** Whether they went through in one transaction; if not, none of them did. */
    private boolean handledTogether(List<Envelope<?>> due, long last) {
        if (due.isEmpty()) return false;
        try {
            deliver(due, last, _ -> {});
            return true;
        } catch (RuntimeException failure) {
            HandlerFailure.blame(failure);
            return false;
        }
    }

    private int handleOrPark(Envelope<?> event) {
        try {
            deliver(List.of(event), event.position(), _ -> {});
            return 1;
        } catch (RuntimeException failure) {
            park(
                    parked.failed(subscription.name(), event, HandlerFailure.blame(failure)),
                    event.position());
            return 0;
        }
    }

    private void park(Parked failed, long upTo) {
        var now = settings.clock().instant();
        deliver(List.of(), upTo, tx -> store.park(tx, failed, now));
        parked.put(failed);
    }

    /** Tries the stream's events again, in order, as far as the others have come. */
    private int retry(Parked stream) {
        int handled = 0;
        var current = stream;
        while (true) {
            var page = log.readStream(stream.stream(), current.version(), PAGE);
            for (var event : page) {
                if (event.position() > position) return handled + unpark(current);
                if (current.version() != event.version()) {
                    throw new LostEvent(subscription.name(), current.version(), event.version());
                }
                var next = parked.passed(current, event);
                if (!retried(event, next)) return handled;
                handled++;
                current = next;
            }
            if (page.size() < PAGE) return handled + unpark(current);
        }
    }

    private boolean retried(Envelope<?> event, Parked next) {
        boolean isWanted = wanted.eventRoots().stream().anyMatch(r -> r.isInstance(event.event()));
        try {
            var now = settings.clock().instant();
            deliver(
                    isWanted ? List.of(event) : List.of(),
                    position,
                    tx -> store.park(tx, next, now));
            parked.put(next);
            return true;
        } catch (RuntimeException failure) {
            park(
                    parked.failed(subscription.name(), event, HandlerFailure.blame(failure)),
                    position);
            return false;
        }
    }

    private int unpark(Parked stream) {
        deliver(List.of(), position, tx -> store.unpark(tx, stream));
        parked.remove(stream);
        return 0;
    }

    /**
     * Hands over the events and moves on. A pure handler's writes are part of the transaction; an
     * effect comes before it, so that it happens again rather than not at all.
     */
    private void deliver(List<Envelope<?>> events, long upTo, SubscriptionStore.Work alongside) {
        switch (subscription.handler()) {
            case Pure pure ->
                    store.advance(
                            saved,
                            upTo,
                            tx -> {
                                HandlerFailure.call(pure, events, tx);
                                alongside.in(tx);
                            });
            case Effect effect -> {
                for (var event : events) HandlerFailure.call(effect, event);
                store.advance(saved, upTo, alongside);
            }
        }
        saved = saved.at(upTo);
        savedAt = settings.clock().instant();
        position = upTo;
    }

    /** Going past unwanted events is not worth a transaction each time. */
    private boolean isSavingDue() {
        long unsaved = position - saved.position();
        if (unsaved == 0) return false;
        var due = savedAt.plus(LONGEST_UNSAVED);
        return unsaved >= MOST_UNSAVED || !due.isAfter(settings.clock().instant());
    }
}

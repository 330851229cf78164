package io.quartermaster.view.history;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about events. */
public final class Events {
    private static final int LOOKED_AT = 5_000;
    private static final int PAGE = 500;

    private final EventLog log;
    private final Aggregates aggregates;
    private final Codec codec;
    private final Database database;

    public Events(EventLog log, Aggregates aggregates, Codec codec, Database database) {
        this.log = log;
        this.database = database;
        this.aggregates = aggregates;
        this.codec = codec;
    }

    /**
     * A part of the log.
     *
     * @param events may be empty although more follow: only so many are looked at for one question
     * @param next position after which the next part begins
     * @param head position of the log's last event when the part was read
     */
    public record Part(List<Entry> events, long next, long head) {}

    /**
     * At most {@code limit} events after a position, in order.
     *
     * @param tenant only what happened to this tenant's things; absent for all
     */
    public Part after(long position, @Nullable String tenant, int limit) {
        var found = new ArrayList<Entry>();
        long head = log.head();
        long next = position;
        while (next < Math.min(head, position + LOOKED_AT)) {
            for (var envelope : log.read(next, PAGE)) {
                next = envelope.position();
                if (tenant != null && !tenant.equals(envelope.tenant())) continue;
                found.add(Entry.of(envelope, codec));
                if (found.size() == limit) return new Part(found, next, head);
            }
        }
        return new Part(found, next, head);
    }

    /** The events with these ids, in the order of the log; an id of none is left out. */
    public List<Entry> of(Collection<UUID> ids) {
        var sql = "SELECT position FROM event WHERE event_id = ANY (?::uuid[]) ORDER BY position";
        var texts = ids.stream().map(UUID::toString).toList();
        return database.list(sql, row -> row.number("position"), texts).stream()
                .flatMap(position -> log.read(position - 1, 1).stream())
                .map(envelope -> Entry.of(envelope, codec))
                .toList();
    }

    /**
     * At most {@code limit} events of one stream, in order.
     *
     * @param fromVersion the first wanted, 1 for all
     */
    public List<Entry> of(StreamId stream, long fromVersion, int limit) {
        return aggregates.history(stream, fromVersion, limit).stream()
                .map(envelope -> Entry.of(envelope, codec))
                .toList();
    }
}

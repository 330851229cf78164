package io.quartermaster.engine.subscription;

import io.quartermaster.engine.EventLog.Row;
import io.quartermaster.engine.LostEvent;
import io.quartermaster.es.StreamId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asserts that a reader sees every position and, as far as it remembers streams, every version.
 * Both follow from how the log appends; this is what makes a mistake there loud.
 */
final class StreamOrder {
    private static final int REMEMBERED = 4096;
    private final String reader;
    private final Map<StreamId, Long> versions =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<StreamId, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

    StreamOrder(String reader) {
        this.reader = reader;
    }

    /**
     * @param after the position up to which everything was read before
     * @throws LostEvent when something is missing or out of order
     */
    void check(long after, List<Row> rows) {
        long next = after + 1;
        for (var row : rows) {
            if (row.position() != next) throw new LostEvent(reader, next, row.position());
            next++;
        }
        for (var row : rows) {
            var before = versions.put(row.stream(), row.version());
            if (before == null || before + 1 == row.version()) continue;
            throw new LostEvent(reader + " in " + row.stream(), before + 1, row.version());
        }
    }

    /** Forgets everything, because reading starts again somewhere else. */
    void forget() {
        versions.clear();
    }
}

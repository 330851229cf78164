package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.engine.Database;
import io.quartermaster.view.InvalidQuery;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Questions about what was used. */
public final class Usage {

    /** Segments that one question may read. */
    public static final int MOST = 200_000;

    private static final String SQL =
            """
            SELECT resource, from_at, to_at, status, events FROM usage_segment
            WHERE present AND (? = '' OR tenant = ?) AND from_at < ?
              AND (to_at IS NULL OR to_at > ?)
            ORDER BY resource, from_at LIMIT ?""";

    private final Database database;
    private final Json json;

    public Usage(DataSource source, Json json) {
        this.database = new Database(source);
        this.json = json;
    }

    /**
     * What was used within an interval, as slices that are cut at its ends; what is still open
     * counts up to {@code now}.
     *
     * @param tenant by whom, empty for all
     * @throws InvalidQuery when that is more than one answer can hold
     */
    public List<Slice> of(String tenant, Instant from, Instant to, Instant now) {
        var end = to.isAfter(now) ? now : to;
        var rows =
                database.query(
                        SQL,
                        row -> SegmentRow.read(row, json),
                        tenant,
                        tenant,
                        end,
                        from,
                        MOST + 1);
        if (rows.size() > MOST) {
            throw new InvalidQuery(
                    "too-much-usage",
                    "from",
                    "more than " + MOST + " slices lie in this interval; ask for a shorter one");
        }
        return rows.stream()
                .flatMap(
                        row ->
                                Meter.slices(
                                        row.resource(),
                                        List.of(row.segment()),
                                        row.segment().status().tenant(),
                                        from,
                                        end)
                                        .stream())
                .toList();
    }
}

package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.engine.Database;
import io.quartermaster.view.InvalidQuery;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Questions about what was used. */
public final class Usage {

    /** Segments that one question may read. */
    public static final int MOST = 200_000;

    private static final String SEGMENTS =
            """
            SELECT resource, from_at, to_at, status, events FROM usage_segment
            WHERE present AND (? = '' OR tenant = ?) AND from_at < ?
              AND coalesce(to_at, timestamptz 'infinity') > ?
            ORDER BY resource, from_at LIMIT ?""";

    /** Months and prices of counts begin with a quarter of an hour, in every time zone. */
    private static final String COUNTS =
            """
            SELECT tenant, meter, product, resource, deployment, labels, sum(count) AS count,
              date_bin('15 minutes', at, timestamptz 'epoch') AS from_at
            FROM usage_count WHERE (? = '' OR tenant = ?) AND at < ? AND at >= ?
            GROUP BY from_at, tenant, meter, product, resource, deployment, labels
            ORDER BY from_at, tenant, meter, product, resource, deployment, labels LIMIT ?""";

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
        var slices =
                database.call(connection -> read(connection, json, tenant, from, end, MOST + 1));
        if (slices.size() > MOST) {
            throw new InvalidQuery(
                    "too-much-usage",
                    "from",
                    "more than " + MOST + " slices lie in this interval; ask for a shorter one");
        }
        return slices;
    }

    /** All that a tenant used within an interval, as the tables of a connection have it. */
    public static List<Slice> all(
            Connection connection, Json json, String tenant, Instant from, Instant to)
            throws SQLException {
        return read(connection, json, tenant, from, to, Integer.MAX_VALUE);
    }

    private static List<Slice> read(
            Connection connection, Json json, String tenant, Instant from, Instant to, int most)
            throws SQLException {
        var slices = new ArrayList<Slice>();
        var rows =
                Database.query(
                        connection,
                        SEGMENTS,
                        row -> SegmentRow.read(row, json),
                        tenant,
                        tenant,
                        to,
                        from,
                        most);
        for (var row : rows) {
            var owner = row.segment().status().tenant();
            slices.addAll(Meter.slices(row.resource(), List.of(row.segment()), owner, from, to));
        }
        slices.addAll(
                Database.query(
                        connection,
                        COUNTS,
                        row -> counted(row, json),
                        tenant,
                        tenant,
                        to,
                        from,
                        most));
        return slices;
    }

    private static Slice counted(ResultSet row, Json json) throws SQLException {
        var labels = json.labels(row.getString("labels"));
        var from = Database.instant(row, row.findColumn("from_at"));
        return Meter.counted(
                new Count.Record(
                        row.getString("tenant"),
                        row.getString("meter"),
                        row.getString("product"),
                        row.getString("resource"),
                        row.getString("deployment"),
                        from,
                        row.getLong("count"),
                        labels));
    }
}

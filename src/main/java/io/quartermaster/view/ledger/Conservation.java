package io.quartermaster.view.ledger;

import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.engine.Database;
import java.util.List;
import javax.sql.DataSource;

/** Compares what is metered with what there is, both as the views have it at one moment. */
public final class Conservation {
    private static final int MOST = 1_000;

    private static final String DIFFERENCES =
            """
            WITH books AS (
              SELECT resource, tenant || ', ' || (status->>'size') AS says FROM usage_segment
              WHERE present AND to_at IS NULL
            ), fleet AS (
              SELECT 'machine/' || id AS resource, tenant || ', 1' AS says FROM machine
              WHERE phase NOT IN ('requested', 'released')
              UNION ALL
              SELECT 'volume/' || name, tenant || ', ' || (spec->>'sizeBytes') FROM volume
              WHERE phase <> 'gone'
            )
            SELECT resource, books.says AS books, fleet.says AS fleet
            FROM books FULL JOIN fleet USING (resource)
            WHERE books.says IS DISTINCT FROM fleet.says ORDER BY resource LIMIT ?""";

    private final Database database;

    public Conservation(DataSource source) {
        this.database = new Database(source);
    }

    /**
     * Where owner or size differ, or one side is missing; the first thousand. The views follow the
     * log each at its own pace, so only what is still there when they have caught up is wrong.
     */
    public List<Finding> differences() {
        return database.query(
                DIFFERENCES,
                row -> new Finding(row.getString(1), row.getString(2), row.getString(3)),
                MOST);
    }
}

package io.quartermaster.view.history;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.Database;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * What a read table said of one thing at an earlier time: its projection is run again on the events
 * until then, in temporary tables that hide the present ones from the question and vanish with the
 * transaction. So the past has no code of its own that could differ.
 */
public final class Past {
    private static final int PAGE = 500;

    private final Database database;
    private final Aggregates aggregates;

    public Past(Database database, Aggregates aggregates) {
        this.database = database;
        this.aggregates = aggregates;
    }

    /**
     * Asks as of a moment.
     *
     * @param projection keeps the tables that the question is about
     * @param question must concern the one stream: there is nothing else in these tables
     */
    public <T> T ask(
            StreamId stream, Moment moment, Projection projection, Function<Database, T> question) {
        return database.rolledBack(
                connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SET LOCAL search_path TO pg_temp, public");
                        for (var table : projection.tables()) statement.execute(table);
                    }
                    replay(stream, moment, projection, new SqlTx(connection));
                    return question.apply(database.within(connection));
                });
    }

    private void replay(StreamId stream, Moment moment, Projection projection, SqlTx tx)
            throws SQLException {
        for (long from = 1; ; from += PAGE) {
            var page = aggregates.history(stream, from, PAGE);
            for (var event : page) {
                if (!moment.includes(event)) {
                    tx.flush();
                    return;
                }
                projection.apply(event, tx);
            }
            if (page.size() < PAGE) break;
        }
        tx.flush();
    }
}

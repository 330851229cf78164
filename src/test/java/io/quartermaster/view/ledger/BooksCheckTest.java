package io.quartermaster.view.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.TestDatabase;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.view.RandomHistory;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What checks the books: against the log, and against the fleet. */
class BooksCheckTest {
    private final Bookkeeping books = new Bookkeeping();
    private final TestDatabase postgres = new TestDatabase();
    private final PostgresLog log =
            new PostgresLog(
                    postgres.database(),
                    books.world.codec,
                    PostgresLog.Limits.ORDINARY,
                    Meters.none());
    private final Verification verification =
            new Verification(postgres.pool(), log, books.world.json);

    @AfterEach
    void close() throws SQLException {
        books.world.close();
        postgres.close();
    }

    /** A history with two closed periods, a late report and a voided invoice, on the engine. */
    private void happen() {
        books.open("19");
        var history = new RandomHistory(31, books.world);
        for (int i = 0; i < 60; i++) history.step();
        books.report(100, "2026-01-10T00:00:00Z");
        books.closePeriod();
        books.gone("2026-01-25T06:00:00Z");
        books.takeBack(true);
        books.closePeriod();
        books.world.log.read(0, 100_000).forEach(this::append);
        var clock = InstantSource.system();
        var projections =
                new Projections(postgres.database(), List.of(new Books(books.world.json)), clock);
        var settings = SubscriberSettings.ordinary(clock, new Random(1));
        var ports =
                new Subscriber.Ports(log, new PostgresSubscriptions(postgres.database()), settings);
        var reader = new Subscriber(projections.subscriptions().getFirst(), Slices.ALL, 1, ports);
        while (!reader.poll().idle()) continue;
    }

    private void append(Envelope<?> envelope) {
        var id = Ids.derive(envelope.eventId(), "copy");
        var change =
                new Decided.Change(
                        envelope.stream(),
                        envelope.tenant(),
                        new Expected.Any(),
                        List.of(envelope.event()));
        var metadata = new Metadata("test", id, id, id, "");
        log.append(new Decided(metadata, List.of(change), envelope.effectiveAt()));
    }

    @Test
    void books_that_follow_from_the_log_are_verified_row_by_row() {
        happen();
        var report = verification.run();
        assertEquals(List.of(), report.differences());
        assertTrue(report.rows().getOrDefault("ledger_line", 0L) > 4, report.toString());
        assertEquals(3, report.rows().get("invoice"));
        var left = "SELECT nspname FROM pg_namespace WHERE nspname = 'books_again'";
        assertEquals(
                List.of(), postgres.database().query(left, row -> row.getString(1)), "nothing");
    }

    @Test
    void whatever_was_changed_behind_the_log_is_found() {
        happen();
        for (var harm :
                List.of(
                        "UPDATE invoice SET total = total + 1 WHERE id = 'acme-2026-01'",
                        "UPDATE invoice SET sealed = 'other' WHERE id = 'acme-2026-02'",
                        "DELETE FROM period WHERE tenant = 'acme'",
                        "DELETE FROM usage_segment WHERE resource = 'volume/v'")) {
            assertTrue(postgres.database().update(harm) > 0, harm);
        }
        var found =
                verification.run().differences().stream()
                        .map(each -> each.table() + " " + each.where())
                        .collect(Collectors.toSet());
        assertTrue(
                found.containsAll(
                        List.of(
                                "invoice books",
                                "invoice log",
                                "invoice sum",
                                "invoice seal",
                                "period log",
                                "usage_segment log")),
                found.toString());
    }

    @Test
    void a_difference_is_shown_with_both_sides() {
        books.report(7, "2026-01-10T00:00:00Z");
        var harm = "UPDATE usage_segment SET to_at = from_at + interval '1 day'";
        new Database(books.world.source).update(harm);
        var finding = new Finding("volume/v", null, "acme, " + 7 * (1L << 30));
        assertEquals(List.of(finding), new Conservation(books.world.source).differences());
    }
}

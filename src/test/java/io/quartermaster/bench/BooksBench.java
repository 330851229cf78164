package io.quartermaster.bench;

import io.quartermaster.app.DurablePostgres;
import io.quartermaster.bench.Floor.AtLeast;
import io.quartermaster.bench.Floor.AtMost;
import io.quartermaster.bench.Floor.None;
import io.quartermaster.view.Json;
import io.quartermaster.view.ledger.Invoices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;

/** The books: how fast facts are folded and booked, months closed, and dashboards answered. */
final class BooksBench {
    private static final int TENANTS = 100;
    private static final int VOLUMES = 100;
    private static final int MANY = 10_000;
    private static final int ROWS = 10_000_000;
    private static final int PER_INVOICE = 4_000;
    private static final int QUESTIONS = 500;

    private final Table table;
    private final Path folder;
    private final int rounds;

    BooksBench(Table table, Path folder, int rounds) {
        this.table = table;
        this.folder = folder;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (var postgres = DurablePostgres.start(folder.resolve("books"))) {
            booking(postgres);
            closing(postgres);
            dashboards(postgres);
        }
    }

    private void booking(DurablePostgres postgres) throws Exception {
        Bench.say("facts of %d tenants, folded and booked".formatted(TENANTS));
        var rates = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            try (var store = Store.fresh(postgres, "booking_" + round)) {
                var books = new BookedMonth(store);
                for (int tenant = 0; tenant < TENANTS; tenant++) books.use("t" + tenant, VOLUMES);
                for (int tenant = 0; tenant < TENANTS; tenant++) books.close("t" + tenant);
                double seconds = books.catchUp();
                rates.add(TENANTS * VOLUMES * BookedMonth.FACTS / seconds);
            }
        }
        table.absolute(
                "facts folded and booked, a month of 100 tenants, facts/s",
                new Sample(rates),
                new AtLeast(2_000));
    }

    private void closing(DurablePostgres postgres) throws Exception {
        Bench.say("closing a month of %d resources, and of twice as many".formatted(MANY));
        var seconds = new ArrayList<Double>();
        var growth = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            try (var store = Store.fresh(postgres, "closing_" + round)) {
                var books = new BookedMonth(store);
                double few = closed(books, "few", MANY);
                double many = closed(books, "many", 2 * MANY);
                seconds.add(few);
                growth.add(many / few / 2);
            }
        }
        table.absolute(
                "closing a month of 10,000 resources, s", new Sample(seconds), new AtMost(60));
        table.absolute(
                "the same for each segment, of 20,000 resources against 10,000",
                new Sample(growth),
                new None());
    }

    private static double closed(BookedMonth books, String tenant, int volumes) {
        books.use(tenant, volumes);
        books.catchUp();
        books.close(tenant);
        return books.catchUp();
    }

    private void dashboards(DurablePostgres postgres) throws Exception {
        Bench.say("a ledger of %d rows".formatted(ROWS));
        try (var store = Store.fresh(postgres, "dashboards")) {
            var books = new BookedMonth(store);
            books.catchUp();
            store.database().update(BookedMonth.INVOICES, PER_INVOICE, ROWS / PER_INVOICE);
            store.database().update(BookedMonth.LINES, ROWS, PER_INVOICE);
            store.database().update("ANALYZE");
            var invoices = new Invoices(store.pool(), new Json(BookedMonth.CODEC));
            var millis = new ArrayList<Double>();
            var random = new Random(1);
            for (int i = 0; i < 2 * QUESTIONS; i++) {
                long start = System.nanoTime();
                ask(invoices, random);
                // The first half gets everything warm.
                if (i >= QUESTIONS) millis.add((System.nanoTime() - start) / 1e6);
            }
            table.absolute(
                    "dashboard, p95 at 10 million ledger rows, ms",
                    Sample.of(new Sample(millis).quantile(0.95)),
                    new AtMost(200));
        }
    }

    /** A tenant's invoices, one of them, a page of its lines, and one line. */
    private static void ask(Invoices invoices, Random random) {
        var tenant = "t" + random.nextInt(TENANTS);
        var all = invoices.list(tenant, 0, 100);
        var one = all.get(random.nextInt(all.size()));
        invoices.find(one.id());
        var page = invoices.lines(one.id(), random.nextInt(PER_INVOICE - 100), 100);
        if (page.size() != 100) throw new IllegalStateException(one + " has too few lines");
        invoices.lines(one.id(), random.nextInt(PER_INVOICE - 1), 1);
    }
}

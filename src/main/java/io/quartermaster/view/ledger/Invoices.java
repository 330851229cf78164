package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.invoice.Invoice;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Minimums;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Questions about accounts, invoices and their lines. */
public final class Invoices {
    private static final String LIST =
            """
            SELECT * FROM invoice WHERE (? = '' OR tenant = ?) AND position > ?
            ORDER BY position, id LIMIT ?""";
    private static final String LINES =
            "SELECT * FROM ledger_line WHERE invoice = ? AND ordinal > ? ORDER BY ordinal LIMIT ?";
    private static final String UNISSUED =
            """
            SELECT * FROM invoice WHERE number IS NULL AND lines > 0
            ORDER BY position, id LIMIT ?""";

    private static final String CLOSED_BEYOND =
            """
            SELECT * FROM account
            WHERE closed_to > ? AND terms->>'currency' = ? AND (? = '' OR tenant = ?)
            ORDER BY closed_to DESC, tenant LIMIT 1""";
    private static final String COUNTS =
            """
            SELECT event_id FROM usage_count WHERE tenant = ? AND at >= ? AND at < ?
              AND meter = ? AND product = ? AND resource = ? AND deployment = ?
              AND labels = ?::jsonb
            ORDER BY at, event_id LIMIT ?""";

    private final Database database;
    private final Json json;

    public Invoices(DataSource source, Json json) {
        this.database = new Database(source);
        this.json = json;
    }

    /** An account's open period as it stands. */
    public record Draft(AccountRow account, Month period, String id, Invoice invoice) {}

    /** The account of a tenant, if it has one. */
    public Optional<AccountRow> account(String tenant) {
        return database.call(connection -> AccountRow.find(connection, json, tenant));
    }

    /** All accounts, by tenant. */
    public List<AccountRow> accounts() {
        return database.query(
                "SELECT * FROM account ORDER BY tenant", row -> AccountRow.read(row, json));
    }

    /** The minimum paid times of machine classes. */
    public Minimums minimums() {
        return database.call(ClassMinimums::read);
    }

    /** A closed period's invoice, or a credit note. */
    public Optional<InvoiceRow> find(String id) {
        return database.call(connection -> InvoiceRow.find(connection, id));
    }

    /**
     * Invoices and credit notes in the order in which they were made.
     *
     * @param tenant whose, empty for all
     * @param after position of the last one that is known, 0 for none
     */
    public List<InvoiceRow> list(String tenant, long after, int limit) {
        return database.query(LIST, InvoiceRow::read, tenant, tenant, after, limit);
    }

    /**
     * Lines of an invoice or credit note.
     *
     * @param after ordinal of the last one that is known, 0 for none
     */
    public List<LedgerRow> lines(String invoice, int after, int limit) {
        return database.query(LINES, row -> LedgerRow.read(row, json), invoice, after, limit);
    }

    /** Ids of the first events that a line of counts stands for. */
    public List<UUID> counts(String tenant, Line line, int most) {
        var about = line.about();
        return database.query(
                COUNTS,
                row -> row.getObject(1, UUID.class),
                tenant,
                line.from(),
                line.to(),
                about.meter(),
                about.product(),
                about.resource(),
                about.group(),
                json.write(about.labels()),
                most);
    }

    /** What has to be given a number, by issuer, in the order of the log. */
    public Map<String, List<Issuer.Document>> unissued(int limit) {
        var byIssuer = new LinkedHashMap<String, List<Issuer.Document>>();
        for (var row : database.query(UNISSUED, InvoiceRow::read, limit)) {
            byIssuer.computeIfAbsent(row.issuer(), issuer -> new ArrayList<>())
                    .add(
                            new Issuer.Document(
                                    row.id(),
                                    row.tenant(),
                                    row.currency(),
                                    row.total(),
                                    row.lines(),
                                    row.digest()));
        }
        return byIssuer;
    }

    /** What the open period's invoice would be if it were closed now. */
    public Draft draft(AccountRow account, Instant now) {
        var period = account.open();
        var invoice =
                database.call(
                        connection -> new Closing(connection, json, account).invoice(period, now));
        return new Draft(
                account, period, account.terms().invoice(account.tenant(), period), invoice);
    }

    /**
     * An account for which a price from an instant on comes too late, if there is one.
     *
     * @param tenant whose price it is, empty for everybody's
     */
    public Optional<AccountRow> closedBeyond(Instant instant, String currency, String tenant) {
        return database
                .query(
                        CLOSED_BEYOND,
                        row -> AccountRow.read(row, json),
                        instant,
                        currency,
                        tenant,
                        tenant)
                .stream()
                .findFirst();
    }
}

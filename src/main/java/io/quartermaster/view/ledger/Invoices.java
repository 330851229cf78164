package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.invoice.Invoice;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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

    /** The first account with a period that is closed beyond an instant, if there is one. */
    public Optional<AccountRow> closedBeyond(Instant instant, @Nullable String tenant) {
        var sql =
                """
                SELECT * FROM account WHERE closed_to > ? AND (? = '' OR tenant = ?)
                ORDER BY tenant LIMIT 1""";
        var whose = tenant == null ? "" : tenant;
        return database
                .query(sql, row -> AccountRow.read(row, json), instant, whose, whose)
                .stream()
                .findFirst();
    }
}

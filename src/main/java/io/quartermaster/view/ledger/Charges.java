package io.quartermaster.view.ledger;

import io.quartermaster.billing.export.Charge;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Reads the ledger from its beginning to its end, document by document, a few rows at a time: lines
 * are only ever added, so whatever is read stays true while it is read.
 */
public final class Charges {
    private static final int DOCUMENTS = 500;
    private static final int LINES = 1_000;
    private static final String CHOSEN =
            """
            (? = '' OR tenant = ?) AND (? = '' OR id = ? OR takes_back = ?)
            AND from_at >= ? AND from_at < ?""";
    private static final String NEXT =
            "SELECT * FROM invoice WHERE position > ? AND " + CHOSEN + " ORDER BY position LIMIT ?";
    private static final String UNPRICED =
            "SELECT coalesce(sum(unpriced), 0) FROM invoice WHERE " + CHOSEN;
    private static final String FIRST = "SELECT min(from_at) FROM period WHERE tenant = ?";

    private final Database database;
    private final Invoices invoices;

    public Charges(DataSource source, Json json) {
        this.database = new Database(source);
        this.invoices = new Invoices(source, json);
    }

    /**
     * Which documents.
     *
     * @param tenant whose, empty for all
     * @param invoice its lines and those of the credit note that takes it back, empty for all
     * @param from of documents whose period begins at this instant or later
     * @param to of documents whose period begins before this instant
     */
    public record Choice(String tenant, String invoice, Instant from, Instant to) {
        Object[] values() {
            return new Object[] {tenant, tenant, invoice, invoice, invoice, from, to};
        }
    }

    /** Takes charges one after the other. */
    @FunctionalInterface
    public interface Reader<X extends Exception> {
        void read(Charge charge) throws X;
    }

    /** How many of the lines have no price. */
    public long unpriced(Choice choice) {
        return database.query(UNPRICED, row -> row.getLong(1), choice.values()).getFirst();
    }

    /**
     * All charges of some documents, in the order in which they were made.
     *
     * @throws X when the reader does
     */
    public <X extends Exception> void read(Choice choice, Reader<X> reader) throws X {
        var firsts = new HashMap<String, Instant>();
        long after = 0;
        for (var some = next(choice, after); !some.isEmpty(); some = next(choice, after)) {
            for (var row : some) {
                read(document(row, firsts), reader);
                after = row.position();
            }
        }
    }

    private List<InvoiceRow> next(Choice choice, long after) {
        var chosen = choice.values();
        var values = new Object[chosen.length + 2];
        values[0] = after;
        System.arraycopy(chosen, 0, values, 1, chosen.length);
        values[values.length - 1] = DOCUMENTS;
        return database.query(NEXT, InvoiceRow::read, values);
    }

    private Charge.Document document(InvoiceRow row, Map<String, Instant> firsts) {
        return new Charge.Document(
                row.id(),
                row.tenant(),
                row.issuer(),
                row.numberText(),
                new Month(row.from(), row.to()),
                row.currency(),
                row.takesBack(),
                firsts.computeIfAbsent(row.tenant(), this::first));
    }

    private Instant first(String tenant) {
        return database.query(FIRST, row -> Database.instant(row, 1), tenant).getFirst();
    }

    private <X extends Exception> void read(Charge.Document document, Reader<X> reader) throws X {
        int after = 0;
        List<LedgerRow> rows;
        do {
            rows = invoices.lines(document.id(), after, LINES);
            for (var row : rows) {
                reader.read(charge(document, row));
                after = row.ordinal();
            }
        } while (rows.size() == LINES);
    }

    private static Charge charge(Charge.Document document, LedgerRow row) {
        return new Charge(document, row.id(), row.ordinal(), row.line(), row.corrects());
    }
}

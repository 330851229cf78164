package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.invoice.Entry;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import io.quartermaster.view.ledger.Document.Sums;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books what follows from the events of accounts and issuers; lines are only ever added. */
final class Ledger {
    private static final UUID LINES = UUID.fromString("8f0bd1c1-6c0e-5d0e-9a57-21c6f1a2d7b4");
    private static final String DEFINE =
            """
            INSERT INTO account (tenant, terms, opened_at) VALUES (?, ?::jsonb, ?)
            ON CONFLICT (tenant) DO UPDATE SET terms = excluded.terms""";
    private static final String GRANT =
            "INSERT INTO credit (tenant, id, amount, remaining, position) VALUES (?, ?, ?, ?, ?)";
    private static final String CONSUME =
            "UPDATE credit SET remaining = remaining + ? WHERE tenant = ? AND id = ?";
    private static final String END =
            "UPDATE account SET closed_to = ?, changed_from = NULL WHERE tenant = ?";
    private static final String PERIOD =
            """
            INSERT INTO period (tenant, from_at, to_at, rounding, invoice)
            VALUES (?, ?, ?, ?, ?)""";
    private static final String VOIDED =
            "UPDATE invoice SET voided_by = ?, rebilled = ? WHERE id = ?";
    private static final String CHANGED =
            """
            UPDATE account SET changed_from = least(changed_from, (
              SELECT min(from_at) FROM ledger_line WHERE invoice = ?)) WHERE tenant = ?""";
    private static final String NUMBER =
            "UPDATE invoice SET number = ?, issued_at = ?, sealed = ? WHERE id = ?";

    private final Json json;

    Ledger(Json json) {
        this.json = json;
    }

    void apply(Envelope<?> envelope, AccountEvent event, SqlTx tx) throws SQLException {
        var tenant = envelope.stream().key();
        switch (event) {
            case AccountEvent.Defined defined ->
                    tx.update(DEFINE, tenant, json.write(defined.terms()), envelope.effectiveAt());
            case AccountEvent.CreditGranted granted ->
                    credit(envelope, granted.id(), granted.amount(), tx);
            case AccountEvent.PeriodClosed closed -> close(envelope, closed, tx);
            case AccountEvent.InvoiceVoided voided -> takeBack(envelope, voided, tx);
            case AccountEvent.BudgetCrossed ignored -> {}
        }
    }

    void apply(Envelope<?> envelope, Issuer.Event event, SqlTx tx) throws SQLException {
        switch (event) {
            case Issuer.Event.Issued(long number, Issuer.Document document) ->
                    tx.update(
                            NUMBER,
                            number,
                            envelope.effectiveAt(),
                            document.digest(),
                            document.id());
        }
    }

    private static void credit(Envelope<?> envelope, String id, BigDecimal amount, SqlTx tx)
            throws SQLException {
        tx.update(GRANT, envelope.stream().key(), id, amount, amount, envelope.position());
    }

    private void close(Envelope<?> envelope, AccountEvent.PeriodClosed closed, SqlTx tx)
            throws SQLException {
        var account = account(envelope, tx);
        var period = new Month(closed.from(), closed.to());
        var closing = new Closing(tx.connection(), json, account);
        var invoice = closing.invoice(period, closed.to());
        var months = new ArrayList<>(closing.beforeTheFirst(period));
        months.add(period);
        var rows = rows(closed.invoice(), account.tenant(), invoice.entries());
        for (var row : rows) settle(envelope, row, row.invoice(), tx);
        var sums = new Sums(invoice.net(), invoice.tax(), invoice.total());
        new Document(closed.invoice(), account, period, sums, rows, null)
                .insert(envelope, tx, json);
        var rounding = account.terms().rounding().name();
        for (var month : months) {
            tx.update(
                    PERIOD, account.tenant(), month.from(), month.to(), rounding, closed.invoice());
        }
        tx.update(END, closed.to(), account.tenant());
    }

    private AccountRow account(Envelope<?> envelope, SqlTx tx) throws SQLException {
        return AccountRow.find(tx.connection(), json, envelope.stream().key()).orElseThrow();
    }

    static List<LedgerRow> rows(String invoice, String tenant, List<Entry> entries) {
        var rows = new ArrayList<LedgerRow>();
        for (var entry : entries) {
            var id = Ids.derive(LINES, invoice + "|" + entry.key());
            int ordinal = rows.size() + 1;
            rows.add(new LedgerRow(id, invoice, ordinal, tenant, entry.line(), entry.corrects()));
        }
        return rows;
    }

    /**
     * Credits follow the lines that use them and make them.
     *
     * @param invoice that a carried credit comes from
     */
    private static void settle(Envelope<?> envelope, LedgerRow row, String invoice, SqlTx tx)
            throws SQLException {
        var amount = Objects.requireNonNullElse(row.line().amount(), BigDecimal.ZERO);
        if (row.line().kind() == Kind.CREDIT) {
            tx.update(CONSUME, amount, row.tenant(), row.line().book());
        } else if (row.line().kind() == Kind.CARRY && amount.signum() > 0) {
            credit(envelope, "carried/" + invoice, amount, tx);
        } else if (row.line().kind() == Kind.CARRY) {
            tx.update(CONSUME, amount, row.tenant(), "carried/" + invoice);
        }
    }

    private void takeBack(Envelope<?> envelope, AccountEvent.InvoiceVoided voided, SqlTx tx)
            throws SQLException {
        var account = account(envelope, tx);
        var original = InvoiceRow.find(tx.connection(), voided.invoice()).orElseThrow();
        var rows = new ArrayList<LedgerRow>();
        for (var row : LedgerRow.of(tx.connection(), json, voided.invoice())) {
            rows.add(takenBack(row, voided));
        }
        for (var row : rows) settle(envelope, row, voided.invoice(), tx);
        var period = new Month(original.from(), original.to());
        var sums = new Sums(original.net(), original.tax(), original.total()).negate();
        new Document(voided.creditNote(), account, period, sums, rows, voided.invoice())
                .insert(envelope, tx, json);
        tx.update(VOIDED, voided.creditNote(), voided.rebill(), voided.invoice());
        if (voided.rebill()) tx.update(CHANGED, voided.invoice(), account.tenant());
    }

    static LedgerRow takenBack(LedgerRow row, AccountEvent.InvoiceVoided voided) {
        var line = row.line();
        var step = "takes back line %s: %s".formatted(row.id(), voided.reason());
        var negative =
                new Line(
                        line.kind(),
                        line.about(),
                        line.from(),
                        line.to(),
                        line.units().negate(),
                        line.unit(),
                        negate(line.exact()),
                        negate(line.amount()),
                        line.currency(),
                        line.book(),
                        line.version(),
                        new Explanation(line.explanation().events(), List.of(step)));
        var id = Ids.derive(LINES, voided.creditNote() + "|" + row.id());
        return new LedgerRow(
                id, voided.creditNote(), row.ordinal(), row.tenant(), negative, row.id());
    }

    private static @Nullable BigDecimal negate(@Nullable BigDecimal number) {
        return number == null ? null : number.negate();
    }
}

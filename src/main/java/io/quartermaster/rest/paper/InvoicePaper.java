package io.quartermaster.rest.paper;

import io.quartermaster.view.ledger.InvoiceRow;
import io.quartermaster.view.ledger.Invoices.Draft;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice, a credit note or a draft as it stands on paper: all of it text that is ready to be
 * shown.
 *
 * @param mark a word that must not be overlooked, absent for an ordinary invoice
 * @param markMeans what follows from it, empty without a mark
 * @param note about the lines, absent when all of them are shown one by one
 * @param sums what the lines come to, by kind
 */
public record InvoicePaper(
        String title,
        @Nullable String mark,
        String markMeans,
        List<Fact> facts,
        @Nullable String note,
        String linesCaption,
        String currency,
        List<Shown> lines,
        List<Fact> sums,
        String totalName,
        String total) {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    /** Something with its name. */
    public record Fact(String name, String value) {}

    /** A line, or what many lines of one resource come to. */
    public record Shown(
            String number,
            String what,
            String from,
            String to,
            String quantity,
            String unit,
            String price,
            String amount) {}

    /**
     * The paper of a document that was made.
     *
     * @param zone of the tenant
     */
    public static InvoicePaper of(InvoiceRow row, PaperLines lines, ZoneId zone) {
        boolean isNote = row.takesBack() != null;
        var name = isNote ? "Credit note" : "Invoice";
        var number = row.numberText();
        return new InvoicePaper(
                name + " " + (number == null ? row.id() : number),
                mark(row),
                meaning(row),
                List.of(
                        new Fact("Number", number == null ? "not given yet" : number),
                        new Fact("Id", row.id()),
                        new Fact("Issuer", row.issuer()),
                        new Fact("Tenant", row.tenant()),
                        new Fact("Period", period(row.from(), row.to(), zone)),
                        new Fact("Closed", at(row.closedAt(), zone) + " " + zone)),
                lines.note(row.id()),
                lines.caption(),
                row.currency(),
                lines.shown(),
                lines.sums(row.currency()),
                isNote ? "Total that is given back" : "Total to be paid",
                money(row.total()));
    }

    /** The paper of an open period as it stands. */
    public static InvoicePaper of(Draft draft, PaperLines lines, ZoneId zone) {
        var terms = draft.account().terms();
        return new InvoicePaper(
                "Draft of invoice " + draft.id(),
                "Draft",
                "The period is not closed: everything here may still change, and nothing is due.",
                List.of(
                        new Fact("Id", draft.id()),
                        new Fact("Issuer", terms.issuer()),
                        new Fact("Tenant", draft.account().tenant()),
                        new Fact(
                                "Period",
                                period(draft.period().from(), draft.period().to(), zone))),
                lines.note(draft.id()),
                lines.caption(),
                terms.currency(),
                lines.shown(),
                lines.sums(terms.currency()),
                "Total so far",
                money(draft.invoice().total()));
    }

    private static @Nullable String mark(InvoiceRow row) {
        if (row.takesBack() != null) return "Credit note";
        if (row.voidedBy() != null) return "Void";
        return row.number() == null ? "Not issued" : null;
    }

    private static String meaning(InvoiceRow row) {
        if (row.takesBack() != null) return "It takes back invoice " + row.takesBack() + ".";
        if (row.voidedBy() != null) return "It was taken back by " + row.voidedBy() + ".";
        return row.number() == null ? "The issuer has given it no number yet." : "";
    }

    private static String period(Instant from, Instant to, ZoneId zone) {
        return "%s to %s, %s".formatted(at(from, zone), at(to, zone), zone);
    }

    static String at(Instant instant, ZoneId zone) {
        return MINUTES.format(instant.atZone(zone));
    }

    static String money(BigDecimal amount) {
        return amount.toPlainString();
    }
}

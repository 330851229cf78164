package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.view.ledger.InvoiceRow;
import io.quartermaster.view.ledger.Invoices.Draft;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note as it is shown. Amounts are texts.
 *
 * @param number absent before it is issued
 * @param state {@code draft} while its period is open, {@code closed} until it has a number, {@code
 *     finalised}, or {@code voided}
 * @param total what is to be paid
 * @param lines how many it has
 * @param unpriced how many of them have no amount for want of a price
 * @param takesBack the invoice that a credit note is about
 * @param voidedBy the credit note that took it back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceBody(
        String id,
        @Nullable String number,
        String state,
        String tenant,
        String issuer,
        Instant from,
        Instant to,
        String currency,
        String net,
        String tax,
        String total,
        int lines,
        int unpriced,
        @Nullable Instant closedAt,
        @Nullable String takesBack,
        @Nullable String voidedBy) {

    static InvoiceBody of(InvoiceRow row) {
        return new InvoiceBody(
                row.id(),
                row.numberText(),
                row.state(),
                row.tenant(),
                row.issuer(),
                row.from(),
                row.to(),
                row.currency(),
                plain(row.net()),
                plain(row.tax()),
                plain(row.total()),
                row.lines(),
                row.unpriced(),
                row.closedAt(),
                row.takesBack(),
                row.voidedBy());
    }

    static InvoiceBody of(Draft draft) {
        var invoice = draft.invoice();
        var entries = invoice.entries();
        return new InvoiceBody(
                draft.id(),
                null,
                "draft",
                draft.account().tenant(),
                draft.account().terms().issuer(),
                draft.period().from(),
                draft.period().to(),
                invoice.currency(),
                plain(invoice.net()),
                plain(invoice.tax()),
                plain(invoice.total()),
                entries.size(),
                (int) entries.stream().filter(e -> Objects.isNull(e.line().amount())).count(),
                null,
                null,
                null);
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}

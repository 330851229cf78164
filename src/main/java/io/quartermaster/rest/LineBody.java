package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.billing.price.Line;
import io.quartermaster.view.ledger.LedgerRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice as it is shown. Numbers are texts.
 *
 * @param line its place on the invoice, from 1
 * @param id absent on a draft
 * @param units in {@code unit}
 * @param amount absent for want of a price
 * @param price book and number of the price, {@code default/3}
 * @param corrects the line that an adjustment or a credit note is about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineBody(
        int line,
        @Nullable UUID id,
        String kind,
        String resource,
        String meter,
        String product,
        String deployment,
        Map<String, String> labels,
        Instant from,
        Instant to,
        String units,
        String unit,
        @Nullable String amount,
        @Nullable String currency,
        @Nullable String price,
        @Nullable UUID corrects) {

    static LineBody of(LedgerRow row) {
        return of(row.ordinal(), row.id(), row.line(), row.corrects());
    }

    static LineBody of(int ordinal, @Nullable UUID id, Line line, @Nullable UUID corrects) {
        var about = line.about();
        return new LineBody(
                ordinal,
                id,
                line.kind().name().toLowerCase(Locale.ROOT),
                about.resource(),
                about.meter(),
                about.product(),
                about.group(),
                about.labels(),
                line.from(),
                line.to(),
                plain(line.units()),
                line.unit(),
                line.amount() == null ? null : line.amount().toPlainString(),
                line.currency(),
                line.book() == null || line.version() == 0
                        ? null
                        : line.book() + "/" + line.version(),
                corrects);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}

package io.quartermaster.rest.table;

import io.quartermaster.billing.price.Line;
import io.quartermaster.view.ledger.InvoiceRow;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.ledger.LedgerRow;
import io.quartermaster.view.usage.CostReport;
import io.quartermaster.view.usage.UsageReport;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What views show, as tables. Where JSON comes in pages, a table comes whole: it is read and sent a
 * few rows at a time.
 */
public final class CsvAnswers {
    private static final int PAGE = 500;
    private static final MediaType TABLE = MediaType.valueOf(Csv.MEDIA_TYPE);

    private CsvAnswers() {}

    /** The table for those who would rather have one; JSON for everybody else. */
    public static Response either(HttpHeaders headers, Object json, StreamingOutput table) {
        return (isWanted(headers)
                        ? Response.ok(table, Csv.MEDIA_TYPE)
                        : Response.ok(json, MediaType.APPLICATION_JSON_TYPE))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** What is accepted comes with what is liked best first. */
    private static boolean isWanted(HttpHeaders headers) {
        for (var type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) return false;
            if (type.isCompatible(TABLE)) return true;
        }
        return false;
    }

    /**
     * Sums of what was used: from, to, the groups, meter, unit, quantity.
     *
     * @param groups names of the groups
     */
    public static StreamingOutput usage(List<UsageReport.Item> items, List<String> groups) {
        return output -> {
            try (var csv = new Csv(output, header(groups, "meter", "unit", "quantity"))) {
                for (var item : items) {
                    var cells = cells(item.from(), item.to(), item.group());
                    cells.addAll(
                            List.of(item.meter(), item.unit(), new BigInteger(item.quantity())));
                    csv.add(cells);
                }
            }
        };
    }

    /**
     * Sums of what that costs: from, to, the groups, meter, currency, amount; the last two are
     * missing where there is no price.
     *
     * @param groups names of the groups
     */
    public static StreamingOutput costs(List<CostReport.Item> items, List<String> groups) {
        return output -> {
            try (var csv = new Csv(output, header(groups, "meter", "currency", "amount"))) {
                for (var item : items) {
                    var cells = cells(item.from(), item.to(), item.group());
                    cells.addAll(
                            Arrays.asList(item.meter(), item.currency(), number(item.amount())));
                    csv.add(cells);
                }
            }
        };
    }

    private static @Nullable BigDecimal number(@Nullable String amount) {
        return amount == null ? null : new BigDecimal(amount);
    }

    private static List<String> header(List<String> groups, String... more) {
        var header = new ArrayList<>(List.of("from", "to"));
        header.addAll(groups);
        header.addAll(List.of(more));
        return header;
    }

    private static List<@Nullable Object> cells(Object from, Object to, Map<String, String> group) {
        var cells = new ArrayList<@Nullable Object>(List.of(from, to));
        cells.addAll(group.values());
        return cells;
    }

    private static final List<String> INVOICE =
            List.of(
                    "id",
                    "number",
                    "tenant",
                    "issuer",
                    "state",
                    "from",
                    "to",
                    "currency",
                    "net",
                    "tax",
                    "total",
                    "lines",
                    "unpriced",
                    "takesBack",
                    "voidedBy",
                    "closedAt");

    /**
     * Invoices and credit notes in the order in which they were made.
     *
     * @param tenant whose, empty for all
     */
    public static StreamingOutput invoices(Invoices invoices, String tenant) {
        return output -> {
            try (var csv = new Csv(output, INVOICE)) {
                List<InvoiceRow> page;
                long after = 0;
                do {
                    page = invoices.list(tenant, after, PAGE);
                    for (var row : page) {
                        csv.add(cells(row));
                        after = row.position();
                    }
                } while (page.size() == PAGE);
            }
        };
    }

    private static List<@Nullable Object> cells(InvoiceRow row) {
        return Arrays.asList(
                row.id(),
                row.numberText(),
                row.tenant(),
                row.issuer(),
                row.state(),
                row.from(),
                row.to(),
                row.currency(),
                row.net(),
                row.tax(),
                row.total(),
                row.lines(),
                row.unpriced(),
                row.takesBack(),
                row.voidedBy(),
                row.closedAt());
    }

    private static final List<String> LINE =
            List.of(
                    "number",
                    "id",
                    "kind",
                    "resource",
                    "meter",
                    "product",
                    "deployment",
                    "labels",
                    "from",
                    "to",
                    "units",
                    "unit",
                    "currency",
                    "amount",
                    "priceBook",
                    "priceVersion",
                    "corrects");

    /** The lines of an invoice or credit note. */
    public static StreamingOutput lines(Invoices invoices, String invoice) {
        return output -> {
            try (var csv = new Csv(output, LINE)) {
                List<LedgerRow> page;
                int after = 0;
                do {
                    page = invoices.lines(invoice, after, PAGE);
                    for (var row : page) {
                        csv.add(cells(row.ordinal(), row.id(), row.line(), row.corrects()));
                        after = row.ordinal();
                    }
                } while (page.size() == PAGE);
            }
        };
    }

    /** The lines that the open period has so far; they have no ids yet. */
    public static StreamingOutput lines(Invoices.Draft draft) {
        return output -> {
            try (var csv = new Csv(output, LINE)) {
                int number = 0;
                for (var entry : draft.invoice().entries()) {
                    csv.add(cells(++number, null, entry.line(), entry.corrects()));
                }
            }
        };
    }

    private static List<@Nullable Object> cells(
            int number, @Nullable Object id, Line line, @Nullable Object corrects) {
        var about = line.about();
        var book = line.kind().isUsage() ? line.book() : null;
        return Arrays.asList(
                number,
                id,
                line.kind(),
                about.resource(),
                about.meter(),
                about.product(),
                about.group(),
                about.labels().isEmpty() ? null : about.labels(),
                line.from(),
                line.to(),
                line.units(),
                line.unit(),
                line.currency(),
                line.amount(),
                book,
                book == null ? null : line.version(),
                corrects);
    }
}

package io.quartermaster.rest.paper;

import io.quartermaster.billing.export.Descriptions;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.rest.paper.InvoicePaper.Fact;
import io.quartermaster.rest.paper.InvoicePaper.Shown;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to paper. A few hundred are shown one by one; of more, each resource is shown
 * with what it comes to, and of too many resources the first ones and the rest together. However
 * many there are, it keeps no more than it shows.
 */
public final class PaperLines {

    /** Lines that are shown one by one. */
    static final int SINGLY = 500;

    /** Resources that are shown, where lines are not. */
    static final int RESOURCES = 1_000;

    private static final int DIGITS = 6;

    private final ZoneId zone;
    private final List<Shown> singly = new ArrayList<>();
    private final Map<String, Together> groups = new TreeMap<>();
    private final Map<Kind, Together> kinds = new EnumMap<>(Kind.class);
    private final Together rest = new Together();
    private int lines;

    /** What some lines come to. */
    private static final class Together {
        private int lines;
        private BigDecimal amount = BigDecimal.ZERO;
        private boolean isUnpriced;

        void add(Line line) {
            lines++;
            if (line.amount() == null) isUnpriced = true;
            else amount = amount.add(line.amount());
        }

        String text() {
            return isUnpriced
                    ? amount.toPlainString() + ", some of it without a price"
                    : amount.toPlainString();
        }
    }

    /**
     * @param zone of the tenant
     */
    public PaperLines(ZoneId zone) {
        this.zone = zone;
    }

    /** Adds the next one. */
    public void add(Line line) {
        lines++;
        kinds.computeIfAbsent(line.kind(), kind -> new Together()).add(line);
        if (lines <= SINGLY) singly.add(shown(line));
        var key = line.kind().isUsage() ? subject(line) : Descriptions.text(line);
        var group =
                groups.size() < RESOURCES || groups.containsKey(key)
                        ? groups.computeIfAbsent(key, name -> new Together())
                        : rest;
        group.add(line);
    }

    private static String subject(Line line) {
        var about = line.about();
        return about.resource().isEmpty() ? about.meter() : about.resource();
    }

    private Shown shown(Line line) {
        return new Shown(
                Integer.toString(lines),
                Descriptions.text(line),
                InvoicePaper.at(line.from(), zone),
                InvoicePaper.at(line.to(), zone),
                rounded(line.units()),
                line.unit(),
                price(line),
                line.amount() == null ? "no price yet" : line.amount().toPlainString());
    }

    /** What a unit comes to on this line, and where that stands. */
    private static String price(Line line) {
        if (!line.kind().isUsage() || line.book() == null) return "";
        var where = "book %s, version %d".formatted(line.book(), line.version());
        var exact = line.exact();
        if (line.kind() != Kind.USAGE || exact == null || line.units().signum() == 0) return where;
        return rounded(exact.divide(line.units(), MathContext.DECIMAL64)) + " (" + where + ")";
    }

    private static String rounded(BigDecimal number) {
        var rounded = number.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }

    private boolean isShort() {
        return lines <= SINGLY;
    }

    /** What is said of lines that are not shown, absent when all are. */
    @Nullable String note(String invoice) {
        if (isShort()) return null;
        return "%,d lines are summed up by resource here; each stands in GET /api/v1/invoices/%s/lines"
                .formatted(lines, invoice);
    }

    String caption() {
        return isShort() ? "Lines" : "Lines by resource";
    }

    /** What is shown of the lines. */
    List<Shown> shown() {
        if (isShort()) return singly;
        var shown = new ArrayList<Shown>();
        groups.forEach((name, group) -> shown.add(summed(shown.size() + 1, name, group)));
        if (rest.lines > 0) shown.add(summed(shown.size() + 1, "all other resources", rest));
        return shown;
    }

    private static Shown summed(int number, String name, Together group) {
        var lines = Integer.toString(group.lines);
        return new Shown(Integer.toString(number), name, "", "", lines, "lines", "", group.text());
    }

    /** What the lines come to by kind, those that there are. */
    List<Fact> sums(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        var sums = new ArrayList<Fact>();
        kinds.forEach(
                (kind, sum) -> {
                    sum.amount = sum.amount.setScale(digits, RoundingMode.UNNECESSARY);
                    sums.add(
                            new Fact(
                                    name(kind),
                                    kind == Kind.UNPRICED ? "no price yet" : sum.text()));
                });
        return sums;
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case USAGE -> "Usage";
            case UNPRICED -> "Usage without a price";
            case ADJUSTMENT -> "Adjustments of earlier periods";
            case DISCOUNT -> "Discounts";
            case TAX -> "Tax";
            case CREDIT -> "Paid with credits";
            case CARRY -> "Kept as a credit";
        };
    }
}

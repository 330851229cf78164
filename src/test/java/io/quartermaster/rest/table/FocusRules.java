package io.quartermaster.rest.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of FOCUS 1.2 for a cost and usage data set, written from the specification column by
 * column: presence, order, types, nullability, allowed values, what columns say of each other, and
 * the sums.
 */
public final class FocusRules {
    private static final BigDecimal CLOSE = new BigDecimal("1e-20");

    private final List<String> violations = new ArrayList<>();

    /** A row by the names of its columns. */
    record Row(Map<String, @Nullable String> cells) {
        boolean has(String column) {
            return cells.get(column) != null;
        }

        boolean is(String column, String value) {
            return value.equals(cells.get(column));
        }

        BigDecimal number(String column) {
            return new BigDecimal(Objects.requireNonNull(cells.get(column)));
        }

        List<String> texts(String... columns) {
            return Stream.of(columns).map(each -> String.valueOf(cells.get(each))).toList();
        }

        /** Charges for which most columns must not be null. */
        boolean isPlain() {
            return (is("ChargeCategory", "Usage") || is("ChargeCategory", "Purchase"))
                    && !has("ChargeClass");
        }
    }

    private record Rule(String text, Predicate<Row> holds) {}

    private static final List<Rule> RULES = rules();

    private static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (var name :
                List.of(
                        "ListUnitPrice",
                        "ContractedUnitPrice",
                        "PricingCategory",
                        "PricingQuantity",
                        "SkuId",
                        "SkuPriceId")) {
            rules.add(
                    new Rule(
                            name + " is null for taxes",
                            row -> !row.is("ChargeCategory", "Tax") || !row.has(name)));
            rules.add(
                    new Rule(
                            name + " is not null for usage that is no correction",
                            row -> !row.isPlain() || row.has(name)));
        }
        for (var name : List.of("List", "Contracted")) {
            rules.add(
                    new Rule(
                            name + "UnitPrice is not negative",
                            row ->
                                    !row.has(name + "UnitPrice")
                                            || row.number(name + "UnitPrice").signum() >= 0));
            rules.add(
                    new Rule(
                            name + "UnitPrice times PricingQuantity is " + name + "Cost",
                            row -> product(row, name)));
            rules.add(
                    new Rule(
                            name + "Cost is BilledCost where there is no unit price",
                            row ->
                                    row.has(name + "UnitPrice")
                                            || equal(row, name + "Cost", "BilledCost")));
        }
        rules.add(
                new Rule(
                        "ConsumedQuantity is null for what is no usage",
                        row -> row.is("ChargeCategory", "Usage") || !row.has("ConsumedQuantity")));
        rules.add(
                new Rule(
                        "ConsumedQuantity is not null for usage that is no correction",
                        row ->
                                !row.is("ChargeCategory", "Usage")
                                        || row.has("ChargeClass")
                                        || row.has("ConsumedQuantity")));
        rules.add(together("ConsumedUnit", "ConsumedQuantity"));
        rules.add(together("PricingUnit", "PricingQuantity"));
        rules.add(together("ResourceType", "ResourceId"));
        rules.add(together("SubAccountName", "SubAccountId"));
        rules.add(only("ResourceName", "ResourceId"));
        rules.add(only("SkuMeter", "SkuId"));
        rules.add(only("SkuPriceDetails", "SkuPriceId"));
        rules.add(
                new Rule(
                        "ResourceName does not repeat ResourceId",
                        row ->
                                !row.has("ResourceName")
                                        || !row.is(
                                                "ResourceName",
                                                String.valueOf(row.cells().get("ResourceId")))));
        rules.add(
                new Rule(
                        "ChargeFrequency is not Usage-Based for purchases",
                        row ->
                                !row.is("ChargeCategory", "Purchase")
                                        || !row.is("ChargeFrequency", "Usage-Based")));
        rules.add(
                new Rule(
                        "EffectiveCost is BilledCost where nothing was paid in advance",
                        row -> equal(row, "EffectiveCost", "BilledCost")));
        rules.add(
                new Rule(
                        "InvoiceId is not null for what stands on an invoice",
                        row -> row.has("InvoiceId")));
        rules.add(ordered("BillingPeriodStart", "BillingPeriodEnd"));
        rules.add(ordered("ChargePeriodStart", "ChargePeriodEnd"));
        return rules;
    }

    private static Rule together(String one, String other) {
        return new Rule(
                one + " is null exactly where " + other + " is",
                row -> row.has(one) == row.has(other));
    }

    private static Rule only(String one, String other) {
        return new Rule(
                one + " is null where " + other + " is", row -> row.has(other) || !row.has(one));
    }

    private static Rule ordered(String from, String to) {
        return new Rule(
                from + " is before " + to,
                row ->
                        String.valueOf(row.cells().get(from))
                                        .compareTo(String.valueOf(row.cells().get(to)))
                                < 0);
    }

    private static boolean equal(Row row, String one, String other) {
        return row.number(one).compareTo(row.number(other)) == 0;
    }

    /** To as many digits as a quotient has that does not end. */
    private static boolean product(Row row, String name) {
        if (!row.has(name + "UnitPrice") || !row.has("PricingQuantity") || row.has("ChargeClass"))
            return true;
        var product = row.number(name + "UnitPrice").multiply(row.number("PricingQuantity"));
        return product.subtract(row.number(name + "Cost")).abs().compareTo(CLOSE) < 0;
    }

    /**
     * Everything that is wrong.
     *
     * @param table with its header
     * @param payable what is to be paid, by invoice
     */
    public static List<String> violations(
            List<List<@Nullable String>> table, Map<String, BigDecimal> payable) {
        var rules = new FocusRules();
        var header = table.getFirst().stream().map(String::valueOf).toList();
        rules.header(header);
        if (!rules.violations.isEmpty()) return rules.violations;
        var rows = new ArrayList<Row>();
        for (var cells : table.subList(1, table.size())) {
            if (cells.size() != header.size()) {
                rules.violations.add("a row has " + cells.size() + " cells");
                continue;
            }
            var row = new HashMap<String, @Nullable String>();
            for (int i = 0; i < header.size(); i++) row.put(header.get(i), cells.get(i));
            rows.add(new Row(row));
        }
        for (var row : rows) rules.row(row);
        if (rules.violations.isEmpty()) rules.dataset(rows, payable);
        return rules.violations;
    }

    private void header(List<String> header) {
        if (new HashSet<>(header).size() < header.size()) violations.add("a column is there twice");
        boolean custom = false;
        for (var name : header) {
            if (name.matches("x_[A-Z][A-Za-z]{0,47}")) custom = true;
            else if (!FocusColumn.ALL.containsKey(name)) violations.add("unknown column " + name);
            else if (custom) violations.add(name + " comes after custom columns");
        }
        FocusColumn.ALL.values().stream()
                .filter(FocusColumn::mandatory)
                .filter(column -> !header.contains(column.name()))
                .forEach(column -> violations.add(column.name() + " is missing"));
    }

    private void row(Row row) {
        int before = violations.size();
        row.cells().forEach((name, cell) -> cell(name, cell));
        if (violations.size() > before) return;
        for (var rule : RULES) {
            if (!rule.holds().test(row)) violations.add(rule.text() + ": " + row.cells());
        }
    }

    private void cell(String name, @Nullable String cell) {
        if (cell != null && cell.isEmpty()) violations.add(name + " is an empty text, not null");
        var column = FocusColumn.ALL.get(name);
        if (column == null) return;
        if (cell == null) {
            if (!column.nullable()) violations.add(name + " is null");
            return;
        }
        if (!column.type().fits(cell))
            violations.add(name + " is no " + column.type() + ": " + cell);
        if (!column.allowed().isEmpty() && !column.allowed().contains(cell)) {
            violations.add(name + " may not be " + cell);
        }
    }

    private void dataset(List<Row> rows, Map<String, BigDecimal> payable) {
        oneParent(rows, "SkuPriceId", "SkuId");
        oneParent(rows, "ServiceName", "ServiceCategory");
        oneParent(rows, "ServiceSubcategory", "ServiceCategory");
        oneParent(rows, "InvoiceId", "BillingAccountId");
        oneParent(rows, "InvoiceId", "BillingCurrency");
        corrections(rows);
        var sums = new HashMap<String, BigDecimal>();
        for (var row : rows) {
            var invoice = String.valueOf(row.cells().get("InvoiceId"));
            sums.merge(invoice, row.number("BilledCost"), BigDecimal::add);
        }
        payable.forEach(
                (invoice, total) -> {
                    var sum = sums.getOrDefault(invoice, BigDecimal.ZERO);
                    if (sum.compareTo(total) != 0) {
                        violations.add(
                                "BilledCost of %s sums up to %s, not %s"
                                        .formatted(invoice, sum, total));
                    }
                });
        sums.keySet().stream()
                .filter(each -> !payable.containsKey(each))
                .forEach(each -> violations.add("there is no invoice " + each));
    }

    /** What is charged for a time that another invoice is for is a correction. */
    private void corrections(List<Row> rows) {
        var periods = new HashSet<List<String>>();
        for (var row : rows)
            periods.add(row.texts("BillingAccountId", "BillingPeriodStart", "BillingPeriodEnd"));
        for (var row : rows) {
            if (row.has("ChargeClass") || !row.is("ChargeCategory", "Usage")) continue;
            var own = row.texts("BillingAccountId", "BillingPeriodStart", "ChargePeriodStart");
            boolean corrects =
                    periods.stream()
                            .anyMatch(
                                    each ->
                                            each.get(0).equals(own.get(0))
                                                    && !each.get(1).equals(own.get(1))
                                                    && each.get(1).compareTo(own.get(2)) <= 0
                                                    && own.get(2).compareTo(each.get(2)) < 0);
            if (corrects) violations.add("ChargeClass is null for a correction: " + row.cells());
        }
    }

    private void oneParent(List<Row> rows, String child, String parent) {
        var parents = new HashMap<String, @Nullable String>();
        for (var row : rows) {
            var key = row.cells().get(child);
            if (key == null) continue;
            var value = row.cells().get(parent);
            if (parents.containsKey(key) && !Objects.equals(parents.get(key), value)) {
                violations.add("%s %s has more than one %s".formatted(child, key, parent));
            }
            parents.put(key, value);
        }
    }
}

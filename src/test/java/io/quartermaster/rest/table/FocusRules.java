package io.quartermaster.rest.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of FOCUS 1.2 for a cost and usage data set, written from the specification column by
 * column: presence, order, types, nullability, allowed values, what columns say of each other, and
 * the sums.
 */
public final class FocusRules {
    private final List<String> violations = new ArrayList<>();

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
        var rows = new ArrayList<FocusRow>();
        for (var cells : table.subList(1, table.size())) {
            if (cells.size() != header.size()) {
                rules.violations.add("a row has " + cells.size() + " cells");
                continue;
            }
            var row = new HashMap<String, @Nullable String>();
            for (int i = 0; i < header.size(); i++) row.put(header.get(i), cells.get(i));
            rows.add(new FocusRow(row));
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

    private void row(FocusRow row) {
        int before = violations.size();
        row.cells().forEach((name, cell) -> cell(name, cell));
        if (violations.size() > before) return;
        for (var rule : FocusRow.RULES) {
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

    private void dataset(List<FocusRow> rows, Map<String, BigDecimal> payable) {
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
    private void corrections(List<FocusRow> rows) {
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

    private void oneParent(List<FocusRow> rows, String child, String parent) {
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

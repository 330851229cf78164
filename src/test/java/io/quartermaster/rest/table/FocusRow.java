package io.quartermaster.rest.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a FOCUS data set by the names of its columns, and what its columns say of each other.
 */
record FocusRow(Map<String, @Nullable String> cells) {
    private static final BigDecimal CLOSE = new BigDecimal("1e-20");

    static final List<Rule> RULES =
            Stream.of(skus(), prices(), quantities(), pairs(), others())
                    .flatMap(each -> each)
                    .toList();

    /** A rule of the specification about one row. */
    record Rule(String text, Predicate<FocusRow> holds) {}

    boolean has(String column) {
        return cells.get(column) != null;
    }

    boolean is(String column, String value) {
        return value.equals(cells.get(column));
    }

    BigDecimal number(String column) {
        return new BigDecimal(Objects.requireNonNull(cells.get(column)));
    }

    private String text(String column) {
        return String.valueOf(cells.get(column));
    }

    List<String> texts(String... columns) {
        return Stream.of(columns).map(this::text).toList();
    }

    /** Charges for which most columns must not be null. */
    private boolean isPlain() {
        return (is("ChargeCategory", "Usage") || is("ChargeCategory", "Purchase"))
                && !has("ChargeClass");
    }

    private boolean equal(String one, String other) {
        return number(one).compareTo(number(other)) == 0;
    }

    private static Stream<Rule> skus() {
        return Stream.of(
                        "ListUnitPrice",
                        "ContractedUnitPrice",
                        "PricingCategory",
                        "PricingQuantity",
                        "SkuId",
                        "SkuPriceId")
                .flatMap(
                        name ->
                                Stream.of(
                                        new Rule(
                                                name + " is null for taxes",
                                                row ->
                                                        !row.is("ChargeCategory", "Tax")
                                                                || !row.has(name)),
                                        new Rule(
                                                name + " is not null for plain usage",
                                                row -> !row.isPlain() || row.has(name))));
    }

    private static Stream<Rule> prices() {
        return Stream.of("List", "Contracted")
                .flatMap(
                        name ->
                                Stream.of(
                                        new Rule(
                                                name + "UnitPrice is not negative",
                                                row ->
                                                        !row.has(name + "UnitPrice")
                                                                || row.isPositive(name)),
                                        new Rule(
                                                name + "UnitPrice by PricingQuantity is its cost",
                                                row -> row.product(name)),
                                        new Rule(
                                                name + "Cost without a unit price is BilledCost",
                                                row ->
                                                        row.has(name + "UnitPrice")
                                                                || row.equal(
                                                                        name + "Cost",
                                                                        "BilledCost"))));
    }

    private boolean isPositive(String name) {
        return number(name + "UnitPrice").signum() >= 0;
    }

    /** To as many digits as a quotient has that does not end. */
    private boolean product(String name) {
        if (!has(name + "UnitPrice") || !has("PricingQuantity") || has("ChargeClass")) return true;
        var product = number(name + "UnitPrice").multiply(number("PricingQuantity"));
        return product.subtract(number(name + "Cost")).abs().compareTo(CLOSE) < 0;
    }

    private static Stream<Rule> quantities() {
        return Stream.of(
                new Rule(
                        "ConsumedQuantity is null for what is no usage",
                        row -> row.is("ChargeCategory", "Usage") || !row.has("ConsumedQuantity")),
                new Rule(
                        "ConsumedQuantity is not null for plain usage",
                        row ->
                                !row.is("ChargeCategory", "Usage")
                                        || row.has("ChargeClass")
                                        || row.has("ConsumedQuantity")));
    }

    private static Stream<Rule> pairs() {
        return Stream.of(
                together("ConsumedUnit", "ConsumedQuantity"),
                together("PricingUnit", "PricingQuantity"),
                together("ResourceType", "ResourceId"),
                together("SubAccountName", "SubAccountId"),
                only("ResourceName", "ResourceId"),
                only("SkuMeter", "SkuId"),
                only("SkuPriceDetails", "SkuPriceId"),
                ordered("BillingPeriodStart", "BillingPeriodEnd"),
                ordered("ChargePeriodStart", "ChargePeriodEnd"));
    }

    private static Stream<Rule> others() {
        return Stream.of(
                new Rule(
                        "ResourceName does not repeat ResourceId",
                        row ->
                                !row.has("ResourceName")
                                        || !row.is("ResourceName", row.text("ResourceId"))),
                new Rule(
                        "ChargeFrequency is not Usage-Based for purchases",
                        row ->
                                !row.is("ChargeCategory", "Purchase")
                                        || !row.is("ChargeFrequency", "Usage-Based")),
                new Rule(
                        "EffectiveCost is BilledCost where nothing was paid in advance",
                        row -> row.equal("EffectiveCost", "BilledCost")),
                new Rule(
                        "InvoiceId is not null for what stands on an invoice",
                        row -> row.has("InvoiceId")));
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
                from + " is before " + to, row -> row.text(from).compareTo(row.text(to)) < 0);
    }
}

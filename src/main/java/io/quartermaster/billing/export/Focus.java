package io.quartermaster.billing.export;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.usage.Meter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Charges as rows of the FinOps Open Cost and Usage Specification (FOCUS) 1.2: all its mandatory
 * columns, the recommended ones, and of the conditional ones those whose condition holds here.
 * There are no regions, capacity reservations or commitment discounts, one type of account, and
 * prices are in the currency that is billed, so the columns for these are left out.
 *
 * <p>Every cost must be a number, so a line without a price cannot be a row: such lines are left
 * out, and whoever exports says how many there are.
 *
 * @see <a href="https://focus.finops.org/focus-specification/v1-2/">FOCUS 1.2</a>
 */
public final class Focus {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** A column: a text, a number, texts by name, or nothing. */
    private record Column(String name, Function<Charge, @Nullable Object> value) {}

    private static Column column(String name, Function<Charge, @Nullable Object> value) {
        return new Column(name, value);
    }

    private static final List<Column> COLUMNS =
            List.of(
                    column("BilledCost", Focus::billed),
                    column("BillingAccountId", charge -> charge.document().tenant()),
                    column("BillingAccountName", charge -> charge.document().tenant()),
                    column("BillingCurrency", charge -> charge.document().currency()),
                    column("BillingPeriodEnd", c -> seconds(c.document().period().to())),
                    column("BillingPeriodStart", c -> seconds(c.document().period().from())),
                    column("ChargeCategory", Focus::category),
                    column("ChargeClass", charge -> charge.isCorrection() ? "Correction" : null),
                    column("ChargeDescription", Descriptions::of),
                    column("ChargeFrequency", c -> isUsage(c) ? "Usage-Based" : "One-Time"),
                    column("ChargePeriodEnd", charge -> seconds(charge.line().to())),
                    column("ChargePeriodStart", charge -> seconds(charge.line().from())),
                    column("ConsumedQuantity", Focus::consumed),
                    column("ConsumedUnit", Focus::consumedUnit),
                    column("ContractedCost", Focus::cost),
                    column("ContractedUnitPrice", Focus::unitPrice),
                    column("EffectiveCost", Focus::billed),
                    column("InvoiceId", charge -> charge.document().id()),
                    column("InvoiceIssuerName", charge -> charge.document().issuer()),
                    column("ListCost", Focus::cost),
                    column("ListUnitPrice", Focus::unitPrice),
                    column("PricingCategory", c -> isUsage(c) ? "Standard" : null),
                    column("PricingQuantity", c -> isUsage(c) ? c.line().units() : null),
                    column("PricingUnit", c -> isUsage(c) ? Units.plural(c.line().unit()) : null),
                    column("ProviderName", charge -> charge.document().issuer()),
                    column("PublisherName", charge -> charge.document().issuer()),
                    column("ResourceId", charge -> orNull(charge.line().about().resource())),
                    column("ResourceName", charge -> Service.of(charge).nameOfResource(charge)),
                    column("ResourceType", charge -> Service.of(charge).typeOfResource(charge)),
                    column("ServiceCategory", charge -> Service.of(charge).category()),
                    column("ServiceName", charge -> Service.of(charge).nameOfService(charge)),
                    column("ServiceSubcategory", charge -> Service.of(charge).subcategory()),
                    column("SkuId", charge -> isUsage(charge) ? sku(charge) : null),
                    column("SkuMeter", charge -> orNull(charge.line().about().meter())),
                    column("SkuPriceDetails", charge -> null),
                    column("SkuPriceId", charge -> isUsage(charge) ? skuPrice(charge) : null),
                    column("SubAccountId", charge -> orNull(charge.line().about().group())),
                    column("SubAccountName", charge -> orNull(charge.line().about().group())),
                    column("Tags", Focus::tags),
                    column("x_Corrects", charge -> charge.corrects()),
                    column("x_InvoiceNumber", charge -> charge.document().number()),
                    column("x_LineId", Charge::id),
                    column("x_LineNumber", Charge::ordinal),
                    column("x_PriceBook", c -> isUsage(c) ? c.line().book() : null),
                    column("x_PriceVersion", c -> isUsage(c) ? c.line().version() : null),
                    column("x_TakesBack", charge -> charge.document().takesBack()));

    /** The names of the columns, in their order. */
    public static final List<String> HEADER = COLUMNS.stream().map(Column::name).toList();

    private Focus() {}

    /** Whether the charge can be a row: it has an amount. */
    public static boolean isRow(Charge charge) {
        return charge.line().amount() != null;
    }

    /**
     * The row of a charge that {@link #isRow can be one}: texts, numbers, ids, texts by name, and
     * null where there is nothing.
     */
    public static List<@Nullable Object> row(Charge charge) {
        var row = new ArrayList<@Nullable Object>(COLUMNS.size());
        for (var column : COLUMNS) row.add(column.value().apply(charge));
        return row;
    }

    static boolean isUsage(Charge charge) {
        return charge.line().kind().isUsage();
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String seconds(Instant instant) {
        return SECONDS.format(instant);
    }

    private static BigDecimal billed(Charge charge) {
        return Objects.requireNonNull(charge.line().amount());
    }

    /** Vouchers are credits; what else concerns an invoice as a whole is an adjustment of it. */
    private static String category(Charge charge) {
        return switch (charge.line().kind()) {
            case USAGE, UNPRICED, ADJUSTMENT -> "Usage";
            case TAX -> "Tax";
            case CREDIT -> "Credit";
            case DISCOUNT, CARRY -> "Adjustment";
        };
    }

    /** Machine time is known to the second; what else is used is what it is priced by. */
    private static @Nullable BigDecimal consumed(Charge charge) {
        if (!charge.isPlainUsage()) return null;
        var line = charge.line();
        if (!isMachine(line)) return line.units();
        return BigDecimal.valueOf(Duration.between(line.from(), line.to()).toSeconds());
    }

    private static @Nullable String consumedUnit(Charge charge) {
        if (!charge.isPlainUsage()) return null;
        var line = charge.line();
        return isMachine(line) ? "Seconds" : Units.plural(line.unit());
    }

    private static boolean isMachine(Line line) {
        return line.about().meter().equals(Meter.MACHINE);
    }

    /** Quantity times unit price before rounding; where there is no unit price, what is billed. */
    private static BigDecimal cost(Charge charge) {
        var exact = charge.line().exact();
        return charge.isPlainUsage() && exact != null ? exact : billed(charge);
    }

    /**
     * What a unit of the line costs with tiers, included quota, cap and minimum, and before
     * discounts. A tenant's own prices are its price list, so this is the list's price as well.
     */
    private static @Nullable BigDecimal unitPrice(Charge charge) {
        var line = charge.line();
        if (!charge.isPlainUsage() || line.exact() == null) return null;
        if (line.exact().signum() == 0) return BigDecimal.ZERO;
        return line.exact().divide(line.units(), MathContext.DECIMAL128);
    }

    private static String sku(Charge charge) {
        var about = charge.line().about();
        return about.product().isEmpty() ? about.meter() : about.meter() + "/" + about.product();
    }

    /** One price may be for many products: the product stays in it, so that it has one parent. */
    private static String skuPrice(Charge charge) {
        var line = charge.line();
        return "%s@%s/%d".formatted(sku(charge), line.book(), line.version());
    }

    private static @Nullable Object tags(Charge charge) {
        var labels = charge.line().about().labels();
        return labels.isEmpty() ? null : labels;
    }
}

package io.quartermaster.rest.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column of FOCUS 1.2 as its content constraints have it.
 *
 * @param mandatory whether every data set has it; others are conditional or recommended
 * @param nullable whether the specification allows nulls at all
 * @param allowed values, empty for any
 * @see <a href="https://focus.finops.org/focus-specification/v1-2/">FOCUS 1.2</a>
 */
record FocusColumn(
        String name, boolean mandatory, Type type, boolean nullable, List<String> allowed) {

    enum Type {
        STRING(".*"),
        /** Numeric format: no plus, no separators, no currency; E notation is allowed. */
        DECIMAL("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(E-?[0-9]+)?"),
        /** Date/time format: ISO 8601, UTC, to the second. */
        TIME("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
        /** Currency format: ISO 4217. */
        CURRENCY("[A-Z]{3}"),
        /** Key-value format: one JSON object of which the values are no objects. */
        KEYS("\\{(\"[^\"]+\":(\"[^\"]*\"|true|-?[0-9.]+)(,|(?=})))*}");

        private final Pattern form;

        Type(String form) {
            this.form = Pattern.compile(form, Pattern.DOTALL);
        }

        boolean fits(String text) {
            return form.matcher(text).matches();
        }
    }

    static final Map<String, FocusColumn> ALL = all();

    private static FocusColumn must(String name, Type type) {
        return new FocusColumn(name, true, type, false, List.of());
    }

    private static FocusColumn nullable(String name, Type type) {
        return new FocusColumn(name, false, type, true, List.of());
    }

    private static FocusColumn one(String name, boolean mandatory, boolean isNull, String... of) {
        return new FocusColumn(name, mandatory, Type.STRING, isNull, List.of(of));
    }

    private static Map<String, FocusColumn> all() {
        var all = new LinkedHashMap<String, FocusColumn>();
        Stream.of(always(), chosen(), texts(), numbers())
                .flatMap(each -> each)
                .forEach(column -> all.put(column.name(), column));
        return all;
    }

    private static Stream<FocusColumn> always() {
        return Stream.of(
                must("BilledCost", Type.DECIMAL),
                must("BillingAccountId", Type.STRING),
                must("BillingAccountName", Type.STRING),
                must("BillingCurrency", Type.CURRENCY),
                must("BillingPeriodEnd", Type.TIME),
                must("BillingPeriodStart", Type.TIME),
                one(
                        "ChargeCategory",
                        true,
                        false,
                        "Usage",
                        "Purchase",
                        "Tax",
                        "Credit",
                        "Adjustment"),
                one("ChargeClass", true, true, "Correction"),
                new FocusColumn("ChargeDescription", true, Type.STRING, true, List.of()),
                must("ChargePeriodEnd", Type.TIME),
                must("ChargePeriodStart", Type.TIME),
                must("ContractedCost", Type.DECIMAL),
                must("EffectiveCost", Type.DECIMAL),
                must("InvoiceIssuerName", Type.STRING),
                must("ListCost", Type.DECIMAL),
                new FocusColumn("PricingQuantity", true, Type.DECIMAL, true, List.of()),
                new FocusColumn("PricingUnit", true, Type.STRING, true, List.of()),
                must("ProviderName", Type.STRING),
                must("PublisherName", Type.STRING),
                must("ServiceName", Type.STRING));
    }

    private static Stream<FocusColumn> chosen() {
        return Stream.of(
                one("ChargeFrequency", false, false, "One-Time", "Recurring", "Usage-Based"),
                one("PricingCategory", false, true, "Standard", "Dynamic", "Committed", "Other"),
                new FocusColumn("ServiceCategory", true, Type.STRING, false, categories()),
                new FocusColumn(
                        "ServiceSubcategory",
                        false,
                        Type.STRING,
                        false,
                        List.of(
                                "Virtual Machines",
                                "Containers",
                                "Other (Compute)",
                                "Block Storage",
                                "File Storage",
                                "Object Storage",
                                "Other (Storage)",
                                "Other (Other)")),
                one("CapacityReservationStatus", false, true, "Used", "Unused"),
                one("CommitmentDiscountCategory", false, true, "Spend", "Usage"),
                one("CommitmentDiscountStatus", false, true, "Used", "Unused"));
    }

    private static List<String> categories() {
        return List.of(
                "AI and Machine Learning",
                "Analytics",
                "Business Applications",
                "Compute",
                "Databases",
                "Developer Tools",
                "Multicloud",
                "Identity",
                "Integration",
                "Internet of Things",
                "Management and Governance",
                "Media",
                "Migration",
                "Mobile",
                "Networking",
                "Security",
                "Storage",
                "Web",
                "Other");
    }

    private static Stream<FocusColumn> texts() {
        var names =
                """
                AvailabilityZone BillingAccountType CapacityReservationId CommitmentDiscountId
                CommitmentDiscountName CommitmentDiscountType CommitmentDiscountUnit ConsumedUnit
                InvoiceId RegionId RegionName ResourceId ResourceName ResourceType SkuId SkuMeter
                SkuPriceId SubAccountId SubAccountName SubAccountType""";
        var texts = Stream.of(names.split("\\s+")).map(name -> nullable(name, Type.STRING));
        return Stream.concat(
                texts,
                Stream.of(
                        nullable("Tags", Type.KEYS),
                        nullable("SkuPriceDetails", Type.KEYS),
                        nullable("PricingCurrency", Type.CURRENCY)));
    }

    private static Stream<FocusColumn> numbers() {
        return Stream.of(
                        "CommitmentDiscountQuantity",
                        "ConsumedQuantity",
                        "ContractedUnitPrice",
                        "ListUnitPrice",
                        "PricingCurrencyContractedUnitPrice",
                        "PricingCurrencyEffectiveCost",
                        "PricingCurrencyListUnitPrice")
                .map(name -> nullable(name, Type.DECIMAL));
    }
}

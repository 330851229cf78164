package io.quartermaster.manifest;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.tenant.TenantSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spec of a Tenant, both ways: what it may use, and on which terms it pays. */
final class TenantForm {
    static final String[] FIELDS = {
        "displayName", "currency", "timeZone", "quotas", "budget", "billing"
    };

    private static final long GIB = 1L << 30;
    private static final List<Integer> USUAL_THRESHOLDS = List.of(50, 80, 100);
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Terms.Policy> POLICIES = Words.of(Terms.Policy.class);
    private static final Map<String, RoundingMode> ROUNDINGS = roundings();

    private static final Shape DISPLAY_NAME = Shape.line(Limits.DISPLAY_NAME);
    private static final Shape CURRENCY =
            shape("a currency by its code of ISO 4217, \"EUR\"", 3, CURRENCIES::contains);
    private static final Shape ZONE =
            shape(
                    "a time zone of the IANA database, \"Europe/Berlin\"",
                    Limits.ZONE,
                    ZONES::contains);
    private static final Shape MONEY =
            decimal(
                    Limits.MONEY_PATTERN,
                    "an amount of money above 0 as text, at most twelve digits before the point and"
                            + " four after it: \"500.00\"",
                    amount -> amount.signum() > 0);
    private static final Shape PERCENT =
            decimal(
                    Limits.PERCENT_PATTERN,
                    "0 to 100 as text, with at most four digits after the point: \"19\"",
                    percent -> percent.compareTo(WHOLE) <= 0);

    /** Such addresses may carry a token of whoever hears them, so they are in no message. */
    private static final Shape WEBHOOK =
            shape(
                            "an http:// or https:// address without a user or a fragment",
                            Limits.URL,
                            TenantForm::isWebhook)
                    .secret();

    private TenantForm() {}

    private static Shape shape(String expected, int longest, Predicate<String> fits) {
        return new Shape(expected, longest, Code.BAD_FORMAT, true, fits);
    }

    private static Shape decimal(String form, String expected, Predicate<BigDecimal> fits) {
        return shape(
                expected,
                Limits.DECIMAL,
                text -> text.matches(form) && fits.test(new BigDecimal(text)));
    }

    private static Map<String, RoundingMode> roundings() {
        Map<String, RoundingMode> modes = new LinkedHashMap<>();
        Stream.of(
                        RoundingMode.HALF_UP,
                        RoundingMode.HALF_EVEN,
                        RoundingMode.HALF_DOWN,
                        RoundingMode.UP,
                        RoundingMode.DOWN)
                .forEach(mode -> modes.put(word(mode), mode));
        return modes;
    }

    private static String word(RoundingMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isWebhook(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Resource.Spec read(Fields spec, Header header) {
        Optional<Fields> quotas =
                spec.find("quotas").flatMap(q -> q.fields("machines", "storageGiB"));
        Terms terms = terms(spec);
        return new Resource.Spec.OfTenant(
                new TenantSpec(
                        spec.text("displayName", DISPLAY_NAME, header.name()),
                        quotas.map(fields -> limit(fields, "machines", Limits.MACHINES))
                                .orElse(null),
                        quotas.map(fields -> limit(fields, "storageGiB", Limits.STORAGE_GIB))
                                .map(each -> each * GIB)
                                .orElse(null),
                        mark(terms),
                        header.labels()),
                terms);
    }

    private static @Nullable Long limit(Fields quotas, String name, long most) {
        return quotas.find(name).map(value -> value.integer(0, most)).orElse(null);
    }

    /** The same for the same terms, in every process. */
    private static String mark(Terms terms) {
        return UUID.nameUUIDFromBytes(terms.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Terms terms(Fields spec) {
        Optional<Fields> billing =
                spec.find("billing")
                        .flatMap(
                                value ->
                                        value.fields(
                                                "since",
                                                "taxPercent",
                                                "discounts",
                                                "issuer",
                                                "rounding"));
        return new Terms(
                billing.map(each -> each.text("issuer", Shape.NAME, Terms.DEFAULT_ISSUER))
                        .orElse(Terms.DEFAULT_ISSUER),
                spec.text("currency", CURRENCY),
                spec.text("timeZone", ZONE, "UTC"),
                billing.flatMap(each -> each.find("since"))
                        .flatMap(TenantForm::firstDay)
                        .orElse(null),
                billing.flatMap(each -> each.find("taxPercent"))
                        .map(value -> number(value, PERCENT))
                        .orElse(BigDecimal.ZERO),
                billing.map(each -> each.choice("rounding", ROUNDINGS, RoundingMode.HALF_UP))
                        .orElse(RoundingMode.HALF_UP),
                billing.flatMap(each -> each.find("discounts")).stream()
                        .flatMap(value -> value.items(0, Limits.DISCOUNTS).stream())
                        .map(TenantForm::discount)
                        .toList(),
                spec.find("budget").flatMap(TenantForm::budget).orElse(null));
    }

    private static Optional<LocalDate> firstDay(Value value) {
        Optional<LocalDate> day = Times.day(value);
        day.filter(each -> each.getDayOfMonth() != 1)
                .ifPresent(
                        each -> value.reportUnfit(Code.OUT_OF_RANGE, "the first day of a month"));
        return day;
    }

    private static BigDecimal number(Value value, Shape shape) {
        String text = value.text(shape);
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static Terms.Discount discount(Value value) {
        Optional<Fields> fields = value.fields("percent", "until");
        return new Terms.Discount(
                fields.flatMap(each -> each.require("percent"))
                        .map(percent -> number(percent, PERCENT))
                        .orElse(BigDecimal.ZERO),
                fields.flatMap(each -> each.find("until")).flatMap(Times::instant).orElse(null));
    }

    private static Optional<Terms.Budget> budget(Value value) {
        return value.fields("monthly", "alertAtPercent", "policy", "webhook")
                .map(
                        fields ->
                                new Terms.Budget(
                                        fields.require("monthly")
                                                .map(monthly -> number(monthly, MONEY))
                                                .orElse(BigDecimal.ZERO),
                                        fields.find("alertAtPercent")
                                                .map(TenantForm::thresholds)
                                                .orElse(USUAL_THRESHOLDS),
                                        fields.choice("policy", POLICIES, Terms.Policy.ALERT),
                                        fields.textOrNull("webhook", WEBHOOK)));
    }

    /** Each above the one before it. */
    private static List<Integer> thresholds(Value value) {
        List<Integer> thresholds = new ArrayList<>();
        for (Value item : value.items(0, Limits.THRESHOLDS)) {
            int least = thresholds.isEmpty() ? 1 : thresholds.getLast() + 1;
            thresholds.add(Math.toIntExact(item.integer(least, Limits.THRESHOLD)));
        }
        return List.copyOf(thresholds);
    }

    static Written write(TenantSpec spec, Terms terms) {
        Written quotas =
                new Written()
                        .put("machines", spec.machines())
                        .put(
                                "storageGiB",
                                spec.storageBytes() == null ? null : spec.storageBytes() / GIB);
        return new Written()
                .put("displayName", spec.displayName())
                .put("currency", terms.currency())
                .put("timeZone", terms.timeZone())
                .entries("quotas", quotas.map())
                .put("budget", terms.budget() == null ? null : budget(terms.budget()).map())
                .put("billing", billing(terms));
    }

    private static Written budget(Terms.Budget budget) {
        return new Written()
                .put("monthly", budget.monthly().toPlainString())
                .put("alertAtPercent", budget.alertAtPercent())
                .put("policy", Words.of(budget.policy()))
                .put("webhook", budget.webhook());
    }

    private static Written billing(Terms terms) {
        return new Written()
                .put("since", terms.since() == null ? null : terms.since().toString())
                .put("taxPercent", terms.taxPercent().toPlainString())
                .list("discounts", terms.discounts().stream().map(TenantForm::discount).toList())
                .put("issuer", terms.issuer())
                .put("rounding", word(terms.rounding()));
    }

    private static Map<String, Object> discount(Terms.Discount discount) {
        return new Written()
                .put("percent", discount.percent().toPlainString())
                .put("until", discount.until() == null ? null : discount.until().toString())
                .map();
    }
}

package io.quartermaster;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.audit.Audit;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of every event of the books, with every field set. */
final class BookSamples {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private BookSamples() {}

    static List<Object> all() {
        List<Object> all = new ArrayList<>();
        all.add(new PriceBook.Event.Published(price()));
        all.addAll(accounts());
        all.addAll(findings());
        return all;
    }

    private static List<Object> findings() {
        return List.of(
                new Audit.Event.DifferenceFound(
                        new Audit.Finding("volume/pictures", "acme, 7", null)),
                new Audit.Event.DifferenceSettled("volume/pictures"));
    }

    private static List<Object> accounts() {
        var budget =
                new Terms.Budget(
                        new BigDecimal("500.00"),
                        List.of(50, 80),
                        Terms.Policy.REFUSE,
                        "https://example.net/alerts");
        var terms =
                new Terms(
                        "default",
                        "EUR",
                        "Europe/Berlin",
                        LocalDate.parse("2026-01-01"),
                        new BigDecimal("19"),
                        RoundingMode.HALF_UP,
                        List.of(new Terms.Discount(new BigDecimal("10"), NOON)),
                        budget);
        var document =
                new Issuer.Document(
                        "acme-2026-03", "acme", "EUR", new BigDecimal("12.34"), 3, "00ff");
        var amount = new BigDecimal("20.00");
        var counted =
                new Count.Record(
                        "acme", "api-calls", "gold", "shop", "web", NOON, 17, Map.of("team", "x"));
        return List.of(
                new AccountEvent.Defined(terms),
                new AccountEvent.PeriodClosed("acme-2026-03", NOON, NOON.plusSeconds(3600)),
                new AccountEvent.CreditGranted("welcome", amount, "welcome"),
                new AccountEvent.InvoiceVoided("acme-2026-03", "acme-2026-03-void", "wrong", true),
                new AccountEvent.BudgetCrossed(
                        NOON,
                        NOON.plusSeconds(3600),
                        80,
                        budget.monthly(),
                        new BigDecimal("400.01"),
                        Terms.Policy.REFUSE),
                new Issuer.Event.Issued(7, document),
                new Count.Event.Counted(counted));
    }

    private static Price price() {
        var tiers =
                List.of(
                        new Scheme.Tier(new BigDecimal("100"), new BigDecimal("0.05")),
                        new Scheme.Tier(null, new BigDecimal("0.03")));
        return new Price(
                "storage",
                "ssd",
                "EUR",
                NOON,
                Unit.parse("GiB-month"),
                new Scheme.Graduated(tiers),
                BigDecimal.TEN,
                BilledWhile.PRESENT,
                Granularity.HOUR,
                3600,
                new BigDecimal("9.99"),
                new BigDecimal("0.10"),
                MonthBasis.HOURS_730);
    }
}

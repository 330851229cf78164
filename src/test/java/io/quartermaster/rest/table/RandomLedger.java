package io.quartermaster.rest.table;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.export.Charge;
import io.quartermaster.billing.invoice.Adjustments;
import io.quartermaster.billing.invoice.Booked;
import io.quartermaster.billing.invoice.Credit;
import io.quartermaster.billing.invoice.Entry;
import io.quartermaster.billing.invoice.Invoice;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two months of a tenant with random usage, prices and terms, and what comes to light of it. */
final class RandomLedger {
    private static final Instant DECEMBER = Instant.parse("2025-12-01T00:00:00Z");
    private static final Month JANUARY =
            new Month(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
    private static final Month FEBRUARY =
            new Month(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));

    final List<Charge> charges = new ArrayList<>();
    final Map<String, BigDecimal> payable = new HashMap<>();
    private final Random random;
    private final String tenant;
    private final Terms terms;
    private final Prices prices;

    RandomLedger(long seed) {
        this.random = new Random(seed);
        this.tenant = "tenant-" + Long.toUnsignedString(seed, 36);
        this.terms = terms();
        this.prices =
                new Prices(random.nextBoolean() ? book(tenant) : List.of(), book(Prices.DEFAULT));
        var before = rate(slices(DECEMBER, JANUARY.from()), new Month(DECEMBER, JANUARY.from()));
        var known = slices(JANUARY.from(), JANUARY.to());
        var used = new ArrayList<Entry>();
        for (var line : rate(known, JANUARY)) used.add(new Entry(line, null));
        if (random.nextBoolean()) used.addAll(Adjustments.of(before, List.of()));
        var booked = document(tenant + "-2026-01", JANUARY, used);
        known.removeIf(slice -> random.nextInt(4) == 0);
        known.addAll(slices(JANUARY.from(), JANUARY.to()));
        var later = new ArrayList<Entry>();
        for (var line : rate(slices(FEBRUARY.from(), FEBRUARY.to()), FEBRUARY))
            later.add(new Entry(line, null));
        later.addAll(Adjustments.of(rate(known, JANUARY), booked));
        document(tenant + "-2026-02", FEBRUARY, later);
        if (random.nextBoolean()) takeBack(tenant + "-2026-02", FEBRUARY);
    }

    private Terms terms() {
        return new Terms(
                Terms.DEFAULT_ISSUER,
                "EUR",
                "UTC",
                null,
                BigDecimal.valueOf(random.nextInt(3) * 7L),
                RoundingMode.HALF_UP,
                random.nextBoolean()
                        ? List.of(new Terms.Discount(new BigDecimal("12.5"), null))
                        : List.of(),
                null);
    }

    private List<Line> rate(List<Slice> slices, Month month) {
        return Rating.rate(slices, prices, month, terms.rounding());
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Usage of all kinds; of API calls nobody knows the price. */
    private List<Slice> slices(Instant from, Instant to) {
        var slices = new ArrayList<Slice>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            var begin =
                    from.plusSeconds(random.nextLong(Duration.between(from, to).toSeconds() - 1));
            var end =
                    begin.plusSeconds(1 + random.nextLong(Duration.between(begin, to).toSeconds()));
            slices.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                                slice(
                                        "machine/m-" + i,
                                        "machine",
                                        1,
                                        begin,
                                        end.isAfter(to) ? to : end);
                        case 1 ->
                                slice(
                                        "volume/v-" + i,
                                        "storage",
                                        1L << 33,
                                        begin,
                                        end.isAfter(to) ? to : end);
                        case 2 -> slice("", "mails", 1, begin, begin.plusSeconds(900));
                        default -> slice("", "api-calls", 1, begin, begin.plusSeconds(900));
                    });
        }
        slices.removeIf(slice -> slice.to().isAfter(to));
        return slices;
    }

    private Slice slice(String resource, String meter, long size, Instant from, Instant to) {
        var since = new Status.Since(from, from, from);
        var labels =
                random.nextBoolean()
                        ? Map.of("team", "a,b", "tier", "=1+1")
                        : Map.<String, String>of();
        var product = List.of("", "small", "large").get(random.nextInt(3));
        var status =
                new Status(
                        Phase.RUNNING,
                        tenant,
                        size,
                        product,
                        random.nextBoolean() ? "web" : "",
                        labels,
                        since);
        return new Slice(resource, meter, status, from, to, random.nextInt(1, 5000), List.of(id()));
    }

    private List<Published> book(String name) {
        var book = new ArrayList<Published>();
        var units = Map.of("machine", "hour", "storage", "GiB-month", "mails", "count");
        for (var meter : List.of("machine", "storage", "mails")) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                var from = DECEMBER.plus(Duration.ofDays(random.nextInt(90)));
                book.add(
                        new Published(name, book.size() + 1, price(meter, units.get(meter), from)));
            }
        }
        return book;
    }

    private Price price(String meter, String unit, Instant from) {
        var tiers =
                List.of(
                        new Scheme.Tier(new BigDecimal("7"), new BigDecimal("0.11")),
                        new Scheme.Tier(null, new BigDecimal("0.0333")));
        var scheme =
                switch (random.nextInt(3)) {
                    case 0 -> new Scheme.Flat(new BigDecimal("0.07"));
                    case 1 -> new Scheme.Graduated(tiers);
                    default -> new Scheme.Volume(tiers);
                };
        return new Price(
                meter,
                random.nextInt(3) == 0 ? "small" : null,
                "EUR",
                from,
                Unit.parse(unit),
                scheme,
                BigDecimal.valueOf(random.nextInt(3)),
                BilledWhile.PRESENT,
                Granularity.values()[random.nextInt(3)],
                random.nextInt(2) * 7200L,
                maybe("3.79"),
                maybe("1.50"),
                MonthBasis.CALENDAR);
    }

    private @Nullable BigDecimal maybe(String amount) {
        return random.nextInt(3) == 0 ? new BigDecimal(amount) : null;
    }

    private List<Booked> document(String id, Month period, List<Entry> used) {
        var credits =
                random.nextBoolean()
                        ? List.of(new Credit("welcome", BigDecimal.TEN))
                        : List.<Credit>of();
        var invoice = Invoice.of(period, terms, used, credits);
        payable.put(id, invoice.total());
        var document =
                new Charge.Document(
                        id,
                        tenant,
                        "default",
                        "default-000001",
                        period,
                        "EUR",
                        null,
                        JANUARY.from());
        var booked = new ArrayList<Booked>();
        for (var entry : invoice.entries()) {
            var charge =
                    new Charge(document, id(), booked.size() + 1, entry.line(), entry.corrects());
            charges.add(charge);
            if (entry.line().from().isBefore(JANUARY.from()) || !entry.line().kind().isUsage())
                continue;
            booked.add(new Booked(charge.id(), entry.line()));
        }
        return booked;
    }

    private void takeBack(String invoice, Month period) {
        var note =
                new Charge.Document(
                        invoice + "-void",
                        tenant,
                        "default",
                        null,
                        period,
                        "EUR",
                        invoice,
                        JANUARY.from());
        for (var charge : List.copyOf(charges)) {
            if (!charge.document().id().equals(invoice)) continue;
            charges.add(
                    new Charge(note, id(), charge.ordinal(), negative(charge.line()), charge.id()));
        }
        payable.put(note.id(), payable.get(invoice).negate());
    }

    private static Line negative(Line line) {
        return new Line(
                line.kind(),
                line.about(),
                line.from(),
                line.to(),
                line.units().negate(),
                line.unit(),
                line.exact() == null ? null : line.exact().negate(),
                line.amount() == null ? null : line.amount().negate(),
                line.currency(),
                line.book(),
                line.version(),
                line.explanation());
    }
}

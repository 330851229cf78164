package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.view.World;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A world with one paying tenant, {@code acme}, and one volume of its. */
final class Bookkeeping {
    private static final long GIB = 1L << 30;
    final World world = new World();
    final Invoices invoices = new Invoices(world.source, world.json);

    private static Terms terms(String tax, List<Terms.Discount> discounts) {
        return new Terms(
                Terms.DEFAULT_ISSUER,
                "EUR",
                "UTC",
                LocalDate.parse("2026-01-01"),
                new BigDecimal(tax),
                RoundingMode.HALF_UP,
                discounts,
                null);
    }

    void open(String tax, Terms.Discount... discounts) {
        world.send("account", "acme", new AccountCommand.Define(terms(tax, List.of(discounts))));
        price("storage", "GiB-month", "0.05");
    }

    void price(String meter, String unit, String price) {
        var published =
                new Price(
                        meter,
                        null,
                        "EUR",
                        Instant.parse("2020-01-01T00:00:00Z"),
                        Unit.parse(unit),
                        new Scheme.Flat(new BigDecimal(price)),
                        BigDecimal.ZERO,
                        BilledWhile.PRESENT,
                        Granularity.SECOND,
                        0,
                        null,
                        null,
                        MonthBasis.CALENDAR);
        world.send(PriceBook.STREAM, Prices.DEFAULT, new PriceBook.Command.Publish(published));
    }

    void report(long gib, String at) {
        var spec = new VolumeSpec(gib * GIB, "ssd", false, Map.of());
        var sighting = new VolumeCommand.Sighting(spec, Instant.parse(at), 0);
        world.send("volume", "v", "acme", new VolumeCommand.Report("acme", sighting));
    }

    void gone(String at) {
        world.send("volume", "v", new VolumeCommand.ReportDeleted(Instant.parse(at), 0));
    }

    /** The volume of the worked vectors. */
    void v1() {
        report(100, "2026-01-10T00:00:00Z");
        report(150, "2026-01-20T12:00:00Z");
        gone("2026-01-25T06:00:00Z");
    }

    InvoiceRow closePeriod() {
        var account = invoices.account("acme").orElseThrow();
        var period = account.open();
        var id = account.terms().invoice("acme", period);
        world.send(
                "account", "acme", new AccountCommand.ClosePeriod(id, period.from(), period.to()));
        return invoices.find(id).orElseThrow();
    }

    List<LedgerRow> lines(String invoice) {
        return invoices.lines(invoice, 0, 1000);
    }

    BigDecimal sum(String invoice) {
        return lines(invoice).stream()
                .map(row -> row.line().amount())
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal money(String text) {
        return new BigDecimal(text);
    }

    void takeBack(boolean rebill) {
        world.send(
                "account", "acme", new AccountCommand.VoidInvoice("acme-2026-01", "wrong", rebill));
    }
}

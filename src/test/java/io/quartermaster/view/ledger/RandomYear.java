package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.PeriodClosing;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A year of machines and volumes whose months are closed, as a seed says: what happened, for the
 * naive program, and the log of it, in which some things stand weeks after they happened.
 */
final class RandomYear {
    static final YearMonth FIRST = YearMonth.of(2026, 1);

    /** One more than a year, so that the last late fact is adjusted. */
    static final int MONTHS = 13;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant BEGIN = Instant.parse("2026-01-02T00:00:00Z");
    private static final int YEAR = 362 * 86_400;
    private static final long GIB = 1L << 30;

    final Map<String, ZoneId> zones = new LinkedHashMap<>();
    final Map<String, List<Sample>> volumes = new LinkedHashMap<>();
    final Map<String, List<Sample>> machines = new LinkedHashMap<>();
    final MemoryLog log = new MemoryLog(this::now);
    private final List<Known> known = new ArrayList<>();
    private final List<String> tenants;
    private final Random random;
    private Instant now = START;

    /**
     * From an instant on.
     *
     * @param size bytes of a volume, 1 for a machine, 0 for one that is gone
     */
    record Sample(Instant at, String tenant, long size) {}

    private record Known(Instant when, StreamId stream, Instant at, Object event) {}

    RandomYear(long seed, int tenants, int machines, int volumes) {
        this.random = new Random(seed);
        price(Meter.STORAGE, "GiB-month", "0.05", Granularity.SECOND);
        price(Meter.MACHINE, "hour", "0.012", Granularity.HOUR);
        for (int i = 0; i < tenants; i++) tenant("tenant-" + i);
        this.tenants = List.copyOf(zones.keySet());
        for (int i = 0; i < machines; i++) machine("m" + i);
        for (int i = 0; i < volumes; i++) volume("v" + i);
        writeLog();
    }

    private Instant now() {
        return now;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void price(String meter, String unit, String price, Granularity granularity) {
        var published =
                new Price(
                        meter,
                        null,
                        "EUR",
                        Instant.EPOCH,
                        Unit.parse(unit),
                        new Scheme.Flat(new BigDecimal(price)),
                        BigDecimal.ZERO,
                        BilledWhile.PRESENT,
                        granularity,
                        0,
                        null,
                        null,
                        MonthBasis.CALENDAR);
        onTime(
                new StreamId(PriceBook.STREAM, Prices.DEFAULT),
                START,
                new PriceBook.Event.Published(published));
    }

    private void tenant(String name) {
        var zone = any(RandomTerms.ZONES);
        zones.put(name, ZoneId.of(zone));
        var terms =
                new Terms(
                        Terms.DEFAULT_ISSUER,
                        "EUR",
                        zone,
                        LocalDate.parse("2026-01-01"),
                        random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("19"),
                        RoundingMode.HALF_UP,
                        List.of(),
                        null);
        var account = new StreamId("account", name);
        onTime(account, START, new AccountEvent.Defined(terms));
        for (int i = 0; i < MONTHS; i++) {
            var month = FIRST.plusMonths(i);
            var to = begin(month.plusMonths(1), zones.get(name));
            var closed =
                    new AccountEvent.PeriodClosed(
                            name + "-" + month, begin(month, zones.get(name)), to);
            onTime(account, to.plus(PeriodClosing.GRACE), closed);
        }
    }

    static Instant begin(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private Instant someTime() {
        return BEGIN.plusSeconds(random.nextInt(YEAR));
    }

    private Instant end() {
        return BEGIN.plusSeconds(YEAR);
    }

    private void machine(String name) {
        var stream = new StreamId("machine", name);
        var tenant = any(tenants);
        var spec = new MachineSpec(tenant, "web", "small", "base", 1, Map.of(), Map.of());
        var life = new ArrayList<Sample>();
        var at = someTime();
        happens(stream, at, new MachineEvent.Requested(spec));
        happens(stream, at.plusSeconds(1), new MachineEvent.Allocated("host"));
        var ready = at.plusSeconds(60 + random.nextInt(600));
        happens(stream, ready, new MachineEvent.BecameReady());
        life.add(new Sample(ready, tenant, 1));
        var given = ready.plusSeconds(1 + random.nextInt(YEAR / 2));
        if (given.isBefore(end())) {
            happens(stream, given, new MachineEvent.ReleaseStarted("done"));
            happens(stream, given.plusSeconds(90), new MachineEvent.Released("host", null));
            life.add(new Sample(given, tenant, 0));
        }
        machines.put(name, life);
    }

    private void volume(String name) {
        var stream = new StreamId("volume", name);
        var life = new ArrayList<Sample>();
        var tenant = any(tenants);
        var at = someTime();
        long size = GIB * (1 + random.nextInt(500)) + random.nextInt(1_000);
        var spec = new VolumeSpec(size, "ssd", false, Map.of());
        happens(stream, at, new VolumeEvent.Created(tenant, spec));
        life.add(new Sample(at, tenant, size));
        for (int change = random.nextInt(5); change > 0; change--) {
            at = at.plusSeconds(1 + random.nextInt(YEAR / 6));
            if (at.isAfter(end())) break;
            if (random.nextInt(5) == 0) {
                var next = any(tenants);
                if (next.equals(tenant)) break;
                happens(stream, at, new VolumeEvent.HandedOver(tenant, next));
                tenant = next;
            } else {
                happens(stream, at, new VolumeEvent.Resized(size, size + GIB));
                size += GIB;
            }
            life.add(new Sample(at, tenant, size));
        }
        at = at.plusSeconds(1 + random.nextInt(YEAR / 3));
        if (at.isBefore(end())) {
            happens(stream, at, new VolumeEvent.Deleted(Ending.USER, "", at, 0));
            life.add(new Sample(at, tenant, 0));
        }
        volumes.put(name, life);
    }

    /** Known at once, or up to a month later. */
    private void happens(StreamId stream, Instant at, Object event) {
        boolean isLate = random.nextInt(30) == 0;
        var when = isLate ? at.plusSeconds(random.nextInt(30 * 86_400)) : at;
        known.add(new Known(when, stream, at, event));
    }

    private void onTime(StreamId stream, Instant at, Object event) {
        known.add(new Known(at, stream, at, event));
    }

    private void writeLog() {
        known.sort(Comparator.comparing(Known::when));
        for (var each : known) {
            now = each.when();
            var id = new UUID(0, log.head());
            var change =
                    new Decided.Change(
                            each.stream(), "", new Expected.Any(), List.of(each.event()));
            var metadata = new Metadata("test", id, id, id, "");
            log.append(new Decided(metadata, List.of(change), each.at()));
        }
    }
}

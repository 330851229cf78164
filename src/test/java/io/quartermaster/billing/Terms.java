package io.quartermaster.billing;

import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A price by the hour with everything that the caller wants otherwise. */
record Terms(
        Scheme scheme,
        Granularity granularity,
        long least,
        BilledWhile billed,
        @Nullable String cap,
        @Nullable String minimum) {

    static Terms of(Scheme scheme, Granularity granularity) {
        return new Terms(scheme, granularity, 0, BilledWhile.PRESENT, null, null);
    }

    Published from(Instant instant, int version) {
        return new Published(
                Prices.DEFAULT,
                version,
                new Price(
                        Meter.MACHINE,
                        null,
                        "EUR",
                        instant,
                        Unit.parse("hour"),
                        scheme,
                        BigDecimal.ZERO,
                        billed,
                        granularity,
                        least,
                        cap == null ? null : new BigDecimal(cap),
                        minimum == null ? null : new BigDecimal(minimum),
                        MonthBasis.CALENDAR));
    }

    Prices prices() {
        return new Prices(List.of(), List.of(from(Instant.EPOCH, 1)));
    }
}

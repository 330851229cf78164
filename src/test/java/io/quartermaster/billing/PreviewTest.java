package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.billing.price.Preview;
import io.quartermaster.billing.price.Preview.Fleet;
import io.quartermaster.billing.price.Preview.Moment;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a change of a deployment would cost; a month of 744 hours, 0.01 an hour. */
class PreviewTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final Moment JANUARY =
            new Moment(
                    NOW,
                    new Month(
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Instant.parse("2026-02-01T00:00:00Z")),
                    RoundingMode.HALF_UP);

    private static Prices prices(long minimumSeconds, @Nullable String cap) {
        var scheme = new Scheme.Flat(new BigDecimal("0.01"));
        return new Terms(scheme, Granularity.HOUR, minimumSeconds, BilledWhile.PRESENT, cap, null)
                .prices();
    }

    private static Preview preview(
            @Nullable Fleet before, Fleet after, Prices prices, Duration... ages) {
        var present = Stream.of(ages).map(age -> aged(NOW.minus(age))).toList();
        return Preview.of(before, after, prices, present, JANUARY);
    }

    private static Status aged(Instant since) {
        var stretches = new Status.Since(since, since, since);
        return new Status(Phase.RUNNING, "acme", 1, "small", "web", Map.of(), stretches);
    }

    private static Fleet small(int machines) {
        return new Fleet("small", machines, 0);
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    @Test
    void more_machines_cost_that_much_more_a_month() {
        var preview = preview(small(2), small(5), prices(0, null));
        assertEquals("14.88", text(preview.before().amount()));
        assertEquals("37.20", text(preview.after().amount()));
        assertEquals("22.32", text(preview.difference()));
        assertEquals(3, preview.added());
    }

    @Test
    void a_deployment_that_is_not_there_yet_has_nothing_before() {
        var preview = preview(null, small(1), prices(0, null));
        assertNull(preview.before());
        assertNull(preview.difference());
        assertEquals("7.44", text(preview.after().amount()));
        assertEquals(1, preview.added());
        assertEquals(0, preview.removed());
    }

    @Test
    void caps_hold_for_each_machine() {
        assertEquals("11.37", text(preview(null, small(3), prices(0, "3.79")).after().amount()));
    }

    @Test
    void what_is_added_costs_at_least_the_started_hour() {
        assertEquals("0.02", text(preview(small(1), small(3), prices(0, null)).leastForAdded()));
    }

    @Test
    void the_longer_one_of_the_minimums_of_class_and_price_counts() {
        var day = 86_400L;
        var byPrice = preview(null, new Fleet("small", 2, 60), prices(day, null));
        assertEquals("0.48", text(byPrice.leastForAdded()));
        var byClass = preview(null, new Fleet("small", 2, day), prices(60, null));
        assertEquals("0.48", text(byClass.leastForAdded()));
        assertEquals(day, byClass.after().minimumSeconds());
    }

    @Test
    void of_machines_that_go_within_their_minimum_the_rest_is_paid_in_vain() {
        var preview =
                preview(
                        small(3),
                        small(1),
                        prices(86_400, null),
                        Duration.ofDays(9),
                        Duration.ofHours(6),
                        Duration.ofHours(18));
        assertEquals(2, preview.removed());
        // 18 and 6 of 24 hours at 0.24 are left.
        assertEquals("0.24", text(preview.unusedOfRemoved()));
    }

    @Test
    void machines_that_are_older_than_their_minimum_go_for_nothing() {
        var preview = preview(small(1), small(0), prices(86_400, null), Duration.ofDays(2));
        assertEquals("0.00", text(preview.unusedOfRemoved()));
        assertEquals("0", text(preview.after().amount()));
    }

    @Test
    void another_class_replaces_every_machine() {
        var preview = preview(small(2), new Fleet("large", 2, 0), prices(0, null));
        assertEquals(2, preview.added());
        assertEquals(2, preview.removed());
    }

    @Test
    void without_a_price_there_are_no_amounts() {
        var preview = preview(small(1), small(2), new Prices(List.of(), List.of()));
        assertNull(preview.after().amount());
        assertNull(preview.after().currency());
        assertNull(preview.difference());
        assertNull(preview.leastForAdded());
        assertNull(preview.unusedOfRemoved());
    }
}

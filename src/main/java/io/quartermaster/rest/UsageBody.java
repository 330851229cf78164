package io.quartermaster.rest;

import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.engine.Order;
import io.quartermaster.rest.request.Bodies;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts that somebody reports.
 *
 * @param records 1 to 500, of any tenants
 */
record UsageBody(@Nullable List<@Nullable Item> records) {
    private static final int MOST = 500;
    private static final long MOST_COUNT = 1_000_000_000_000L;
    private static final Pattern ID = Pattern.compile("[!-~&&[^/]]{1,128}");
    private static final Pattern WORD = Pattern.compile("[!-~]{0,253}");

    /**
     * Something that was counted.
     *
     * @param id the reporter's own: sent again it counts once
     * @param at when; RFC 3339, in UTC
     * @param count at least 1
     */
    record Item(
            @Nullable String id,
            @Nullable String tenant,
            @Nullable String meter,
            @Nullable String product,
            @Nullable String resource,
            @Nullable String deployment,
            @Nullable String at,
            @Nullable Long count,
            @Nullable Map<String, @Nullable String> labels) {}

    /** The commands that are meant; refused with the place of what is wrong. */
    List<Order> read(InstantSource clock) {
        if (records == null || records.isEmpty() || records.size() > MOST) {
            throw Bodies.invalid("/records", "out-of-range", "it takes 1 to " + MOST + " records");
        }
        var orders = new ArrayList<Order>();
        for (int i = 0; i < records.size(); i++) {
            var at = "/records/" + i;
            var item = records.get(i);
            if (item == null) throw Bodies.invalid(at, "wrong-type", "it takes an object");
            orders.add(order(at, item, clock));
        }
        return orders;
    }

    private static Order order(String at, Item item, InstantSource clock) {
        if (item.id() == null || !ID.matcher(item.id()).matches()) {
            throw Bodies.invalid(
                    at + "/id",
                    item.id() == null ? "missing-field" : "bad-format",
                    "it takes 1 to 128 visible ASCII characters without a slash");
        }
        Names.check(at + "/tenant", item.tenant());
        Names.check(at + "/meter", item.meter());
        var tenant = Objects.requireNonNull(item.tenant());
        var meter = Objects.requireNonNull(item.meter());
        if (!Meter.isCount(meter)) {
            throw Bodies.invalid(
                    at + "/meter", "unknown-value", "what is metered here cannot be reported");
        }
        var record =
                new Count.Record(
                        tenant,
                        meter,
                        name(at + "/product", item.product()),
                        word(at + "/resource", item.resource()),
                        name(at + "/deployment", item.deployment()),
                        ObservedTime.read(at + "/at", item.at(), clock),
                        count(at + "/count", item.count()),
                        Names.labels(at + "/labels", item.labels()));
        return new Order(Count.stream(tenant, item.id()), tenant, new Count.Command.Report(record));
    }

    private static String name(String pointer, @Nullable String name) {
        if (name == null || name.isEmpty()) return "";
        Names.check(pointer, name);
        return name;
    }

    private static String word(String pointer, @Nullable String word) {
        if (word == null || WORD.matcher(word).matches()) return word == null ? "" : word;
        throw Bodies.invalid(pointer, "bad-format", "it takes up to 253 visible ASCII characters");
    }

    private static long count(String pointer, @Nullable Long count) {
        if (count != null && count >= 1 && count <= MOST_COUNT) return count;
        throw Bodies.invalid(
                pointer,
                count == null ? "missing-field" : "out-of-range",
                "it takes a whole number from 1 to " + MOST_COUNT);
    }
}

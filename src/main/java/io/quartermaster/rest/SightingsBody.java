package io.quartermaster.rest;

import io.quartermaster.engine.Order;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody saw of many volumes that live elsewhere.
 *
 * @param sightings 1 to 500
 */
record SightingsBody(@Nullable List<@Nullable Item> sightings) {
    private static final int MOST = 500;

    /**
     * A volume as it was.
     *
     * @param at when; RFC 3339, in UTC
     * @param version the reporter's own count of changes, absent when it keeps none
     * @param deleted whether it was gone; then only its name and the time count
     */
    record Item(
            @Nullable String name,
            @Nullable String tenant,
            @Nullable Long sizeBytes,
            @Nullable String tier,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable String at,
            @Nullable Long version,
            @Nullable Boolean deleted) {}

    /** The commands that are meant; refused with the place of what is wrong. */
    List<Order> read(InstantSource clock) {
        if (sightings == null || sightings.isEmpty() || sightings.size() > MOST) {
            throw Bodies.invalid(
                    "/sightings", "out-of-range", "it takes 1 to " + MOST + " sightings");
        }
        var orders = new ArrayList<Order>();
        for (int i = 0; i < sightings.size(); i++) {
            var pointer = "/sightings/" + i;
            var item = sightings.get(i);
            if (item == null) throw Bodies.invalid(pointer, "wrong-type", "it takes an object");
            orders.add(order(pointer, item, clock));
        }
        return orders;
    }

    private static Order order(String pointer, Item item, InstantSource clock) {
        Names.check(pointer + "/name", item.name());
        var stream = ResourceKind.VOLUME.stream(Objects.requireNonNull(item.name()));
        var at = ObservedTime.read(pointer + "/at", item.at(), clock);
        long version = number(pointer + "/version", item.version(), 0L, Long.MAX_VALUE);
        if (Boolean.TRUE.equals(item.deleted())) {
            return new Order(stream, "", new VolumeCommand.ReportDeleted(at, version));
        }
        Names.check(pointer + "/tenant", item.tenant());
        Names.check(pointer + "/tier", item.tier());
        var spec =
                new VolumeSpec(
                        number(
                                pointer + "/sizeBytes",
                                item.sizeBytes(),
                                null,
                                VolumeSpec.MOST_BYTES),
                        Objects.requireNonNull(item.tier()),
                        false,
                        Names.labels(pointer + "/labels", item.labels()));
        var tenant = Objects.requireNonNull(item.tenant());
        var report = new VolumeCommand.Report(tenant, new Sighting(spec, at, version));
        return new Order(stream, tenant, report);
    }

    private static long number(
            String pointer, @Nullable Long number, @Nullable Long absent, long most) {
        var given = number == null ? absent : number;
        if (given != null && given >= 0 && given <= most) return given;
        throw Bodies.invalid(
                pointer,
                number == null ? "missing-field" : "out-of-range",
                "it takes a whole number from 0 to " + most);
    }
}

package io.quartermaster.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageQuotaTest {
    private static final StreamId DISK = new StreamId("volume", "disk");
    private static final Instant AT = Instant.parse("2026-01-10T00:00:00Z");
    private static final VolumeSpec SPEC = new VolumeSpec(100, "ssd", false, Map.of());
    private static final VolumeEvent CREATED = new VolumeEvent.Created("acme", SPEC);

    private final Story<StorageQuota.State> story = new Story<>(new StorageQuota());

    private List<Effect> on(VolumeEvent event) {
        return story.on(DISK, event);
    }

    private static VolumeEvent deleted(Ending why, int second) {
        return new VolumeEvent.Deleted(why, "because", AT.plusSeconds(second), 0);
    }

    private static VolumeEvent seen(long size, int second) {
        var spec = new VolumeSpec(size, "ssd", false, Map.of());
        return new VolumeEvent.Reported(
                "acme", new VolumeCommand.Sighting(spec, AT.plusSeconds(second), 0));
    }

    private static Effect count(String tenant, long bytes) {
        return new Effect.Send(
                new StreamId("tenant", tenant),
                new Tenant.Command.Count(Tenant.Quota.STORAGE, "volume/disk", bytes));
    }

    @Test
    void whoever_asks_takes_it_at_once_so_there_is_nothing_to_do() {
        assertEquals(List.of(), on(CREATED));
        assertEquals(List.of(), on(new VolumeEvent.Resized(100, 150)));
        assertEquals(List.of(), on(new VolumeEvent.HandedOver("acme", "bmc")));
    }

    @Test
    void however_it_ends_it_is_given_back() {
        for (var why : Ending.values()) {
            on(CREATED);
            assertEquals(List.of(count("acme", 0)), on(deleted(why, 1)), why::name);
        }
    }

    @Test
    void whose_it_was_last_gets_it_back() {
        on(CREATED);
        on(new VolumeEvent.HandedOver("acme", "bmc"));
        assertEquals(List.of(count("bmc", 0)), on(deleted(Ending.USER, 1)));
    }

    @Test
    void a_name_that_is_used_again_is_counted_after_what_was_given_back() {
        on(CREATED);
        on(deleted(Ending.USER, 1));
        assertEquals(List.of(count("acme", 100)), on(CREATED));
        assertEquals(List.of(count("acme", 150)), on(new VolumeEvent.Resized(100, 150)));
        assertEquals(
                List.of(count("acme", 0), count("bmc", 150)),
                on(new VolumeEvent.HandedOver("acme", "bmc")));
    }

    @Test
    void what_is_only_seen_elsewhere_takes_nothing() {
        assertEquals(List.of(), on(seen(5, 10)));
        assertEquals(List.of(), on(new VolumeEvent.HandedOver("acme", "bmc")));
        on(deleted(Ending.REPORTED, 11));
        assertEquals(List.of(), on(seen(5, 12)));
    }

    @Test
    void a_late_report_that_it_was_gone_gives_nothing_back() {
        on(CREATED);
        on(seen(70, 10));
        assertEquals(List.of(), on(deleted(Ending.REPORTED, 5)));
    }
}

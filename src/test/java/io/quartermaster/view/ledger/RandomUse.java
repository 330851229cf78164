package io.quartermaster.view.ledger;

import io.quartermaster.billing.usage.Count;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What can become known of machines, volumes and counts, at random and in any order. */
final class RandomUse {
    private static final long GIB = 1L << 30;

    private final Random random;

    RandomUse(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String tenant() {
        return any(PaidHistory.TENANTS);
    }

    StreamId stream() {
        int number = random.nextInt(3);
        return random.nextInt(3) == 0
                ? new StreamId("machine", "m" + number)
                : new StreamId("volume", "v" + number);
    }

    List<Object> events(StreamId stream, Instant at) {
        return stream.type().equals("machine") ? machine() : volume(at);
    }

    private List<Object> machine() {
        return switch (random.nextInt(7)) {
            case 0 -> List.of(new MachineEvent.Requested(machineSpec()));
            case 1 -> List.of(new MachineEvent.SpecChanged(machineSpec()));
            case 2 -> List.of(new MachineEvent.ReleaseStarted("done"));
            case 3 -> List.of(new MachineEvent.Released("h", null));
            case 4 -> List.of(new MachineEvent.Allocated("h"));
            default ->
                    List.of(
                            new MachineEvent.Requested(machineSpec()),
                            new MachineEvent.Allocated("h"),
                            new MachineEvent.BecameReady());
        };
    }

    private MachineSpec machineSpec() {
        return new MachineSpec(
                tenant(),
                any(List.of("web", "db")),
                any(List.of("small", "large")),
                "base",
                1,
                Map.of(),
                labels());
    }

    private Map<String, String> labels() {
        return random.nextBoolean() ? Map.of() : Map.of("team", any(List.of("a", "b")), "x", "y");
    }

    private List<Object> volume(Instant at) {
        var spec = volumeSpec();
        return switch (random.nextInt(12)) {
            case 0 -> List.of(new VolumeEvent.Requested(tenant(), spec));
            case 1 -> List.of(new VolumeEvent.Created(tenant(), spec));
            case 2 -> List.of(new VolumeEvent.Resized(1, spec.sizeBytes()));
            case 3 -> List.of(new VolumeEvent.Retyped("ssd", spec.tier()));
            case 4 -> List.of(new VolumeEvent.HandedOver("acme", tenant()));
            case 5 -> List.of(new VolumeEvent.Relabelled(spec));
            case 6 -> List.of(new VolumeEvent.DeleteRequested(Ending.USER, "", at));
            case 7 -> List.of(new VolumeEvent.Deleted(Ending.REPORTED, "", at, 0));
            case 8 -> thereAndBack(at);
            default -> List.of(new VolumeEvent.Reported(tenant(), new Sighting(spec, at, 0)));
        };
    }

    /** One size, another one and the first again, within a second. */
    private List<Object> thereAndBack(Instant at) {
        var tenant = tenant();
        var one = new VolumeEvent.Reported(tenant, new Sighting(volumeSpec(), at, 0));
        var other = new VolumeEvent.Reported(tenant(), new Sighting(volumeSpec(), at, 0));
        return List.of(one, other, one);
    }

    private VolumeSpec volumeSpec() {
        long size = random.nextInt(8) == 0 ? 0 : GIB * (1 + random.nextInt(200));
        return new VolumeSpec(size, any(List.of("ssd", "hdd")), false, labels());
    }

    Count.Record count(Instant at) {
        return new Count.Record(
                tenant(),
                random.nextInt(6) == 0 ? "mails" : "calls",
                any(List.of("read", "write", "")),
                any(List.of("api", "")),
                any(List.of("web", "")),
                at,
                1 + random.nextInt(100),
                labels());
    }
}

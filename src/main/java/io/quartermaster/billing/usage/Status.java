package io.quartermaster.billing.usage;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a resource.
 *
 * @param size bytes of a volume, 1 for a machine
 * @param product what the price book calls it
 * @param group the deployment it belongs to, empty for none
 */
public record Status(
        Phase phase,
        String tenant,
        long size,
        String product,
        String group,
        Map<String, String> labels,
        Since since) {

    /** Before the first fact. */
    public static final Status NONE =
            new Status(Phase.ABSENT, "", 0, "", "", Map.of(), new Since(null, null, null));

    /**
     * When the present stretches began, which prices count in started hours.
     *
     * @param allocated absent while the resource is absent
     * @param present since when it is running or stopped, absent while it is neither
     * @param running absent while it is not running
     */
    public record Since(
            @Nullable Instant allocated, @Nullable Instant present, @Nullable Instant running) {

        Since entering(Phase phase, Instant at) {
            boolean there = phase == Phase.RUNNING || phase == Phase.STOPPED;
            return new Since(
                    from(phase != Phase.ABSENT, allocated, at),
                    from(there, present, at),
                    from(phase == Phase.RUNNING, running, at));
        }

        private static @Nullable Instant from(boolean holds, @Nullable Instant former, Instant at) {
            if (!holds) return null;
            return former == null ? at : former;
        }
    }

    /** What is said at one instant; the stretches follow when all of it is known. */
    Status with(Change change) {
        return new Status(
                phase(change),
                or(change.tenant(), tenant),
                or(change.size(), size),
                or(change.product(), product),
                or(change.group(), group),
                or(change.labels(), labels),
                since);
    }

    /** What happens to something that is given up does not bring it back. */
    private Phase phase(Change change) {
        var next = or(change.phase(), phase);
        return phase == Phase.ENDING && next != Phase.ABSENT ? phase : next;
    }

    Status since(Since former, Instant at) {
        return new Status(phase, tenant, size, product, group, labels, former.entering(phase, at));
    }

    private static <T> T or(@Nullable T said, T former) {
        return said == null ? former : said;
    }
}

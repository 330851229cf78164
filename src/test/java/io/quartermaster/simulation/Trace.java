package io.quartermaster.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened, for a person who replays a seed. */
final class Trace {

    private static final int MOST = 1_500;
    private final boolean wanted;
    private final Deque<String> lines = new ArrayDeque<>();

    Trace(boolean wanted) {
        this.wanted = wanted;
    }

    void say(World world, String who, Object what) {
        if (!wanted) {
            return;
        }
        Duration since = Duration.between(Instant.parse("2026-03-01T00:00:00Z"), world.instant());
        lines.add("%9.3f  %-24s %s".formatted(since.toMillis() / 1000.0, who, what));
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

package io.quartermaster.schedule.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Spaces out what fails again and again. Forgotten with the process, which then tries at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(Duration length, Instant end) {}

    Backoff(InstantSource clock) {
        this.clock = clock;
    }

    boolean isOver(String host) {
        var pause = pauses.get(host);
        return pause == null || !clock.instant().isBefore(pause.end());
    }

    /** It failed: the next try is later than the last time. */
    void failed(String host) {
        pauses.compute(
                host,
                (same, last) -> {
                    var next = last == null ? FIRST : last.length().multipliedBy(2);
                    var length = next.compareTo(LONGEST) > 0 ? LONGEST : next;
                    return new Pause(length, clock.instant().plus(length));
                });
    }

    void forget(String host) {
        pauses.remove(host);
    }
}

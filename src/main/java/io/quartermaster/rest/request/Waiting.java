package io.quartermaster.rest.request;

import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.access.Draining;
import io.quartermaster.rest.problem.Refused;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds an answer back until what it tells is settled, or the caller's patience ends. */
@Singleton
public final class Waiting {
    private static final Duration LONGEST = Duration.ofSeconds(600);
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s?");

    /** Also what a view may lag behind the log without being noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final EventLog log;
    private final Draining draining;
    private final InstantSource clock;

    @Inject
    public Waiting(EventLog log, Draining draining, InstantSource clock) {
        this.log = log;
        this.draining = draining;
        this.clock = clock;
    }

    /** Reads {@code wait=30}, in seconds; absent for not at all. */
    public static Duration parse(@Nullable String wait) {
        if (wait == null) return Duration.ZERO;
        var match = SECONDS.matcher(wait);
        if (match.matches()) {
            var duration = Duration.ofSeconds(Long.parseLong(match.group(1)));
            if (duration.compareTo(LONGEST) <= 0) return duration;
        }
        throw Refused.parameter("wait", wait, "it takes seconds, 0 to " + LONGEST.toSeconds());
    }

    /**
     * Looks until what is seen is as wanted, and again whenever something happens.
     *
     * @return what was seen last, wanted or not
     */
    public <T> T until(Predicate<T> wanted, Supplier<T> look, Duration patience) {
        var end = clock.instant().plus(patience);
        while (true) {
            var position = log.head();
            var seen = look.get();
            var left = Duration.between(clock.instant(), end);
            if (wanted.test(seen) || !left.isPositive() || draining.begun()) return seen;
            if (!pause(position, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN)) return seen;
        }
    }

    private boolean pause(long position, Duration longest) {
        try {
            log.await(position + 1, longest);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

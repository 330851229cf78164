package io.quartermaster.rest.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by the address they come from, for one minute each. It keeps a broken client
 * from filling log and processor; against guessing stands the length of the tokens. A right token
 * is never held back, so that one client cannot lock out another behind the same address.
 */
final class FailedSignIns {
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    private final int limit;
    private final Map<String, Window> oldestFirst = new LinkedHashMap<>();

    /**
     * @param limit how many wrong tokens an address may try in a minute
     */
    FailedSignIns(int limit) {
        this.limit = limit;
    }

    /** Counts a wrong token, and says whether there were too many. */
    synchronized boolean tooMany(String address, Instant now) {
        forgetUntil(now);
        if (oldestFirst.size() >= ADDRESSES && !oldestFirst.containsKey(address)) return true;
        var window =
                oldestFirst.merge(
                        address,
                        new Window(now.plus(WINDOW), 1),
                        (old, first) -> new Window(old.end(), old.failures() + 1));
        return window.failures() > limit;
    }

    private void forgetUntil(Instant now) {
        var windows = oldestFirst.values().iterator();
        while (windows.hasNext() && !now.isBefore(windows.next().end())) windows.remove();
    }

    private record Window(Instant end, int failures) {}
}

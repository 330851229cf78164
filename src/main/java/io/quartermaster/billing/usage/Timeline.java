package io.quartermaster.billing.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Folds facts to the step function of a resource: segments without gaps, the last one open. */
public final class Timeline {

    private Timeline() {}

    /** The whole life. */
    public static List<Segment> of(Collection<Fact> facts) {
        return after(null, facts);
    }

    /**
     * What follows a segment.
     *
     * @param former what held before the first of the facts, absent when nothing did
     * @param facts in any order, repeats among them
     * @return the former segment with its new end, and those after it
     */
    public static List<Segment> after(@Nullable Segment former, Collection<Fact> facts) {
        var segments = new ArrayList<Segment>();
        if (former != null) {
            segments.add(new Segment(former.from(), null, former.status(), former.events()));
        }
        byInstant(facts).forEach((at, together) -> append(segments, at, together));
        return segments;
    }

    private static Map<Instant, List<Fact>> byInstant(Collection<Fact> facts) {
        var once = new LinkedHashMap<UUID, Fact>();
        facts.forEach(fact -> once.putIfAbsent(fact.eventId(), fact));
        var instants = new TreeMap<Instant, List<Fact>>();
        once.values().stream()
                .sorted(Fact.IN_ORDER)
                .forEach(
                        fact ->
                                instants.computeIfAbsent(fact.at(), at -> new ArrayList<>())
                                        .add(fact));
        return instants;
    }

    private static void append(List<Segment> segments, Instant at, List<Fact> together) {
        var before = segments.isEmpty() ? Status.NONE : segments.getLast().status();
        var after = before;
        for (var fact : together) after = after.with(fact.change());
        // What comes and goes within one second leaves no trace, not even in the stretches.
        after = after.since(before.since(), at);
        if (after.equals(before)) return;
        if (!segments.isEmpty()) {
            var open = segments.removeLast();
            segments.add(new Segment(open.from(), at, open.status(), open.events()));
        }
        segments.add(new Segment(at, null, after, together.stream().map(Fact::eventId).toList()));
    }
}

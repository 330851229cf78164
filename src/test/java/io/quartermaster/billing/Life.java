package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Facts;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Timeline;
import io.quartermaster.es.Decider;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An aggregate that is told things, and what the books make of it. All is recorded late. */
final class Life<C, S, E> {
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Decider<C, S, E> decider;
    private final StreamId stream;
    private final List<Envelope<E>> events = new ArrayList<>();
    private S state;

    Life(Decider<C, S, E> decider, String key) {
        this.decider = decider;
        this.stream = new StreamId(decider.streamType(), key);
        this.state = decider.initial();
    }

    StreamId stream() {
        return stream;
    }

    S state() {
        return state;
    }

    /** What follows from a command that came at that instant. */
    List<Envelope<E>> at(Instant instant, C command) {
        var before = events.size();
        for (E event : decider.decide(command, state)) {
            state = decider.evolve(state, event);
            events.add(envelope(instant, event));
        }
        return List.copyOf(events.subList(before, events.size()));
    }

    /** As {@link #at}, for a command that a saga sent. */
    List<Envelope<E>> told(Instant instant, Object command) {
        return at(instant, decider.commands().cast(command));
    }

    private Envelope<E> envelope(Instant instant, E event) {
        long version = events.size() + 1L;
        var id = new UUID(stream.hashCode(), version);
        return new Envelope<>(
                version,
                stream,
                version,
                id,
                "acme",
                instant.plus(LATE),
                instant,
                new Metadata("test", id, id, id, ""),
                event);
    }

    List<Segment> segments() {
        List<Fact> facts = events.stream().map(Facts::of).flatMap(Optional::stream).toList();
        return Timeline.of(facts);
    }

    /** What may cost money. */
    List<Segment> used() {
        return segments().stream()
                .filter(each -> each.status().phase() != Phase.ABSENT)
                .filter(each -> each.status().phase() != Phase.ENDING)
                .toList();
    }

    /** It was used until then, and nothing of it is open. */
    void assertEndedAt(Instant end) {
        assertFalse(used().isEmpty(), "nothing was used: " + segments());
        assertEquals(end, used().getLast().to(), () -> "" + segments());
        var last = segments().getLast();
        assertEquals(Phase.ABSENT, last.status().phase(), () -> "still open: " + segments());
    }

    /** What a saga wants done about what happened. */
    static <S> List<Effect.Send> sent(Saga<S> saga, List<? extends Envelope<?>> events) {
        var states = new HashMap<String, S>();
        var sent = new ArrayList<Effect.Send>();
        for (var event : events) {
            Optional<String> key =
                    saga.listensTo().stream().anyMatch(root -> root.isInstance(event.event()))
                            ? saga.correlate(event)
                            : Optional.empty();
            if (key.isEmpty()) continue;
            var state = saga.evolve(states.getOrDefault(key.get(), saga.initial()), event);
            states.put(key.get(), state);
            for (var effect : saga.react(state, event)) sent.add((Effect.Send) effect);
        }
        return sent;
    }
}

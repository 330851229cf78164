package io.quartermaster.engine.saga;

import io.quartermaster.engine.Tally;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Counts the events of a stream, or of each, and reacts to the count. */
public record Counting(
        String name, @Nullable StreamId only, IntFunction<List<Effect>> reaction, Otherwise but)
        implements Saga<Counting.Count> {

    /** How many there were. */
    public record Count(int events) {}

    /** Another reaction to one stream. */
    record Otherwise(@Nullable StreamId stream, List<Effect> effects) {}

    public Counting(String name, @Nullable StreamId only, IntFunction<List<Effect>> reaction) {
        this(name, only, reaction, new Otherwise(null, List.of()));
    }

    Counting butFor(StreamId stream, Effect effect) {
        return new Counting(name, only, reaction, new Otherwise(stream, List.of(effect)));
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(Tally.Event.class);
    }

    @Override
    public Class<Count> stateType() {
        return Count.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> event) {
        if (only != null && !only.equals(event.stream())) return Optional.empty();
        if (only == null && event.stream().equals(Tally.stream("target"))) return Optional.empty();
        return Optional.of(event.stream().toString());
    }

    @Override
    public Count initial() {
        return new Count(0);
    }

    @Override
    public Count evolve(Count state, Envelope<?> event) {
        return new Count(state.events() + 1);
    }

    @Override
    public List<Effect> react(Count state, Envelope<?> event) {
        return event.stream().equals(but.stream()) ? but.effects() : reaction.apply(state.events());
    }
}

package io.quartermaster.engine;

import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.es.Wire;
import io.quartermaster.es.WireNames;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The smallest domain that has everything the engine must carry: a running sum with notes. */
public final class Tally implements Decider<Tally.Command, Tally.Sum, Tally.Event> {

    public sealed interface Command {
        /** Adds the amount that many times, each time as an event of its own. */
        @Wire("tally.add")
        record Add(int amount, int times) implements Command {}

        @Wire("tally.note")
        record Note(Colour colour) implements Command {}

        @Wire("tally.close")
        record Close() implements Command {}

        /** Makes the decider fail as only a mistake in it can. */
        @Wire("tally.break")
        record Break() implements Command {}
    }

    public sealed interface Event {
        @Wire("tally.added")
        record Added(int amount) implements Event {}

        /** Changes no state. */
        @Wire("tally.noted")
        record Noted(Colour colour) implements Event {}

        @Wire("tally.closed")
        record Closed() implements Event {}
    }

    /** A sealed family that nests in events. */
    public sealed interface Colour {
        record Plain(String name) implements Colour {}

        record Mixed(List<Colour> parts) implements Colour {}
    }

    public sealed interface Sum {
        record Open(int total, int events) implements Sum {}

        record Closed(int total) implements Sum {}
    }

    public static Codec codec() {
        return Codec.builder()
                .events(Event.class)
                .commands(Command.class)
                .with(
                        Colour.class,
                        WireNames.of(
                                Map.of("plain", Colour.Plain.class, "mixed", Colour.Mixed.class)))
                .build();
    }

    public static StreamId stream(String key) {
        return new StreamId("tally", key);
    }

    @Override
    public String streamType() {
        return "tally";
    }

    @Override
    public Class<Command> commands() {
        return Command.class;
    }

    @Override
    public Class<Event> events() {
        return Event.class;
    }

    @Override
    public Sum initial() {
        return new Sum.Open(0, 0);
    }

    @Override
    public List<Event> decide(Command command, Sum state) {
        if (state instanceof Sum.Closed) throw new Rejected("tally-closed", "open another one");
        return switch (command) {
            case Command.Add(int amount, int times) ->
                    Collections.nCopies(times, new Event.Added(amount));
            case Command.Note(Colour colour) -> List.of(new Event.Noted(colour));
            case Command.Close() -> List.of(new Event.Closed());
            case Command.Break() -> throw new IllegalStateException("a mistake in a decider");
        };
    }

    @Override
    public Sum evolve(Sum state, Event event) {
        return switch (state) {
            case Sum.Closed closed -> closed;
            case Sum.Open(int total, int events) ->
                    switch (event) {
                        case Event.Added(int amount) -> new Sum.Open(total + amount, events + 1);
                        case Event.Noted(Colour _) -> state;
                        case Event.Closed() -> new Sum.Closed(total);
                    };
        };
    }
}

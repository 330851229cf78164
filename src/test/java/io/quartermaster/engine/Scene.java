package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Words for what tests of the log keep saying. */
public final class Scene {

    private Scene() {}

    public static Decided command(Change... changes) {
        return command(UUID.randomUUID(), changes);
    }

    public static Decided command(UUID id, Change... changes) {
        return new Decided(new Metadata("tester", id, id, id, ""), List.of(changes), null);
    }

    public static Change change(StreamId stream, Expected expected, Object... events) {
        return new Change(stream, "acme", expected, List.of(events));
    }

    public static Change adding(StreamId stream, Expected expected, int events) {
        var all = Collections.nCopies(events, new Tally.Event.Added(1));
        return new Change(stream, "acme", expected, all);
    }

    public static Ask ask() {
        return Ask.by("tester", UUID.randomUUID());
    }

    public static Order add(StreamId stream, int amount) {
        return new Order(stream, "acme", new Tally.Command.Add(amount, 1));
    }
}

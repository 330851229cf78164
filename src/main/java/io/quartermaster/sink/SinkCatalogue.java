package io.quartermaster.sink;

import java.util.List;
import java.util.Optional;

/** The sinks that are configured, by name. */
public record SinkCatalogue(List<Sink> all) {

    /** The sink of that name, if there is one. */
    public Optional<Sink> named(String name) {
        return all.stream().filter(sink -> sink.name().equals(name)).findFirst();
    }
}

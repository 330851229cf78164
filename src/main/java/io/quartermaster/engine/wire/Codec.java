package io.quartermaster.engine.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.engine.wire.WireFamily.Step;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.WireNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The registry of everything that is stored: events and commands under fixed names, and what nests
 * in them. It is checked when it is built, so that nothing is written that could not be read back.
 */
public final class Codec {
    private final WireFamily events;
    private final WireFamily commands;
    private final Json wire;
    private final Json states;

    private Codec(Builder builder) {
        wire = new Json(new Kinds(builder.nested, true));
        states = new Json(new Kinds(builder.nested, false));
        var eventNames = WireNames.of(builder.events);
        var commandNames = WireNames.of(builder.commands);
        Shapes.check(eventNames.types().values(), builder.nested.keySet());
        Shapes.check(commandNames.types().values(), builder.nested.keySet());
        events = new WireFamily(eventNames, builder.upcasters, wire);
        commands = new WireFamily(commandNames, Map.of(), wire);
        for (var step : builder.upcasters.keySet()) {
            int version = eventNames.nameOf(events.typeOf(step.name())).version();
            if (step.from() >= 1 && step.from() < version) continue;
            throw new IllegalStateException(
                    "an upcaster of '%s' starts at %d, but it has version %d"
                            .formatted(step.name(), step.from(), version));
        }
    }

    /** Starts a registry. */
    public static Builder builder() {
        return new Builder();
    }

    public WireFamily events() {
        return events;
    }

    public WireFamily commands() {
        return commands;
    }

    /** Metadata as JSON. */
    public String write(Metadata metadata) {
        return wire.write(metadata, Metadata.class);
    }

    /** Metadata that was stored. */
    public Metadata readMetadata(String json) {
        return read(wire, json, Metadata.class);
    }

    /** A state as JSON: of a saga, which starts anew when its shape changes, or of a snapshot. */
    public String writeState(Object state, Class<?> type) {
        return states.write(state, type);
    }

    /**
     * A state that was stored.
     *
     * @throws Unreadable when its shape is another one by now
     */
    public <S> S readState(String json, Class<S> type) {
        return read(states, json, type);
    }

    private static <T> T read(Json format, String json, Class<T> type) {
        try {
            return format.read(json, type);
        } catch (JacksonException e) {
            throw new Unreadable("a " + type.getName(), e.getOriginalMessage(), e);
        }
    }

    /** Collects what the registry will hold. */
    public static final class Builder {
        private final Set<Class<?>> events = new LinkedHashSet<>();
        private final Set<Class<?>> commands = new LinkedHashSet<>();
        private final Map<Class<?>, WireNames> nested = new LinkedHashMap<>();
        private final Map<Step, UnaryOperator<JsonNode>> upcasters = new HashMap<>();

        private Builder() {}

        /** Adds the events under a sealed root. */
        public Builder events(Class<?> sealedRoot) {
            events.add(sealedRoot);
            return this;
        }

        /** Adds the commands under a sealed root. */
        public Builder commands(Class<?> sealedRoot) {
            commands.add(sealedRoot);
            return this;
        }

        /** Names the records of a sealed family that nests in events or commands. */
        public Builder with(Class<?> sealedRoot, WireNames names) {
            nested.put(sealedRoot, names);
            return this;
        }

        /** Leads from one version of an event's shape to the next; may change its argument. */
        public Builder upcast(String name, int from, UnaryOperator<JsonNode> step) {
            if (upcasters.putIfAbsent(new Step(name, from), step) != null) {
                throw new IllegalStateException(
                        "two upcasters lead from '%s' version %d".formatted(name, from));
            }
            return this;
        }

        /**
         * The registry.
         *
         * @throws IllegalStateException when something in it could not be read back
         */
        public Codec build() {
            return new Codec(this);
        }
    }
}

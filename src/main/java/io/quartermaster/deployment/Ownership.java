package io.quartermaster.deployment;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.es.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Which Kubernetes custom resource manages a thing, so that nobody changes it by another door
 * meanwhile: states, commands, events and rules, small enough for one room.
 */
public sealed interface Ownership {

    /** The type of the stream; its key names the thing, see {@link #of}. */
    String STREAM = "ownership";

    /** The code of the refusal of changes by other doors. */
    String OWNED = "managed-by-kubernetes";

    /**
     * A custom resource.
     *
     * @param namespace empty for a kind without namespaces
     * @param uid tells it from others that had its name before
     */
    record Owner(String kind, String namespace, String name, String uid) {

        /** For people: {@code MachineDeployment team-a/web}. */
        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
        }

        /** Whether it is the same, or was made anew in the other's place. */
        boolean succeeds(Owner other) {
            return kind.equals(other.kind)
                    && namespace.equals(other.namespace)
                    && name.equals(other.name);
        }
    }

    /** Whoever wants may change it. */
    record Free() implements Ownership {}

    /** Only its owner may. */
    record Owned(Owner owner) implements Ownership {}

    /** The stream that keeps the owner of a thing. */
    static StreamId of(StreamId thing) {
        String key = thing.toString();
        // A host's name may fill a key by itself.
        if (key.length() > 253) {
            key = thing.type() + "/" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        }
        return new StreamId(STREAM, key);
    }

    /** What may be asked. */
    sealed interface Command {

        @Wire("ownership.take")
        record Take(Owner owner) implements Command {}

        @Wire("ownership.yield")
        record Yield(String uid) implements Command {}

        /** A person's decision, when the owner is lost and cannot let go itself. */
        @Wire("ownership.disown")
        record Disown(String uid, String reason) implements Command {}

        /** Refused while it is owned; goes with the commands of the other doors. */
        @Wire("ownership.check-free")
        record CheckFree() implements Command {}
    }

    /** What happens. */
    sealed interface Event {

        @Wire("ownership.taken")
        record Taken(Owner owner) implements Event {}

        @Wire("ownership.yielded")
        record Yielded(Owner owner) implements Event {}

        @Wire("ownership.disowned")
        record Disowned(Owner owner, String reason) implements Event {}
    }

    /** The rules: who owns it keeps it until it lets go. */
    final class Rules implements Decider<Command, Ownership, Event> {

        @Override
        public String streamType() {
            return STREAM;
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
        public Ownership initial() {
            return new Free();
        }

        @Override
        public List<Event> decide(Command command, Ownership state) {
            return switch (command) {
                case Command.Take(Owner owner) -> take(owner, state);
                case Command.Yield(String uid) ->
                        state instanceof Owned(Owner owner) && owner.uid().equals(uid)
                                ? List.of(new Event.Yielded(owner))
                                : List.of();
                case Command.Disown(String uid, String reason) ->
                        state instanceof Owned(Owner owner) && owner.uid().equals(uid)
                                ? List.of(new Event.Disowned(owner, reason))
                                : List.of();
                case Command.CheckFree check -> {
                    if (state instanceof Owned(Owner owner)) throw owned(owner);
                    yield List.of();
                }
            };
        }

        private static List<Event> take(Owner owner, Ownership state) {
            if (!(state instanceof Owned(Owner present))) return List.of(new Event.Taken(owner));
            if (!owner.succeeds(present)) throw owned(present);
            return owner.equals(present) ? List.of() : List.of(new Event.Taken(owner));
        }

        private static Rejected owned(Owner owner) {
            return new Rejected(
                    OWNED,
                    "it is managed by the Kubernetes resource "
                            + owner
                            + "; change or delete it there, or, when it is lost,"
                            + " DELETE /owners/KIND/NAME with a reason");
        }

        @Override
        public Ownership evolve(Ownership state, Event event) {
            return switch (event) {
                case Event.Taken(Owner owner) -> new Owned(owner);
                case Event.Yielded yielded -> new Free();
                case Event.Disowned disowned -> new Free();
            };
        }
    }
}

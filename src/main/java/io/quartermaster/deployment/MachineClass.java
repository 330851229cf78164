package io.quartermaster.deployment;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.Wire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The states of a machine class, with its commands, events and rules: small enough for one room.
 */
public sealed interface MachineClass {

    /** The type of a class's stream; its key is the class's name. */
    String STREAM = "machine-class";

    /**
     * What kind of machine.
     *
     * @param provider who makes it; {@code inventory}: a host of the inventory; {@code kubernetes}:
     *     an instance made for it alone
     * @param selector labels that a host of the inventory must have, all of them
     * @param minimumPaidSeconds shortest time that is charged, in seconds
     * @param labels of the class itself, for selecting it in lists
     * @param kubernetes what the instances are, absent for another provider
     */
    record Spec(
            String provider,
            Map<String, String> selector,
            long minimumPaidSeconds,
            Map<String, String> labels,
            @Nullable InstanceTemplate kubernetes) {

        /** A class of hosts of the inventory. */
        public Spec(
                String provider,
                Map<String, String> selector,
                long minimumPaidSeconds,
                Map<String, String> labels) {
            this(provider, selector, minimumPaidSeconds, labels, null);
        }
    }

    /** Never defined, or deleted. */
    record None() implements MachineClass {}

    /** Defined, and used by these deployments. */
    record Live(Spec spec, Set<String> users) implements MachineClass {}

    /** What may be asked of a class. */
    sealed interface Command {

        @Wire("machine-class.define")
        record Define(Spec spec) implements Command {}

        @Wire("machine-class.delete")
        record Delete() implements Command {}

        @Wire("machine-class.subscribe")
        record Subscribe(String deployment) implements Command {}

        @Wire("machine-class.unsubscribe")
        record Unsubscribe(String deployment) implements Command {}
    }

    /** What happens to a class. */
    sealed interface Event {

        @Wire(value = "machine-class.defined", version = 2)
        record Defined(Spec spec) implements Event {}

        @Wire("machine-class.subscribed")
        record Subscribed(String deployment) implements Event {}

        @Wire("machine-class.unsubscribed")
        record Unsubscribed(String deployment) implements Event {}

        @Wire("machine-class.deleted")
        record Deleted() implements Event {}
    }

    /** The rules: a class that is used stays. */
    final class Rules implements Decider<Command, MachineClass, Event> {

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
        public MachineClass initial() {
            return new None();
        }

        @Override
        public List<Event> decide(Command command, MachineClass state) {
            return switch (command) {
                case Command.Define define ->
                        state instanceof Live live && live.spec().equals(define.spec())
                                ? List.of()
                                : List.of(new Event.Defined(define.spec()));
                case Command.Delete delete -> delete(state);
                case Command.Subscribe subscribe -> {
                    if (!(state instanceof Live live)) {
                        throw new Rejected(
                                "machine-class-unknown",
                                "there is no such machine class; apply it first");
                    }
                    yield live.users().contains(subscribe.deployment())
                            ? List.of()
                            : List.of(new Event.Subscribed(subscribe.deployment()));
                }
                case Command.Unsubscribe unsubscribe ->
                        state instanceof Live live
                                        && live.users().contains(unsubscribe.deployment())
                                ? List.of(new Event.Unsubscribed(unsubscribe.deployment()))
                                : List.of();
            };
        }

        private static List<Event> delete(MachineClass state) {
            if (!(state instanceof Live live)) {
                return List.of();
            }
            if (!live.users().isEmpty()) {
                throw new Rejected(
                        "machine-class-in-use",
                        "the class is used by "
                                + String.join(", ", live.users())
                                + "; delete these deployments or give them another class first");
            }
            return List.of(new Event.Deleted());
        }

        @Override
        public MachineClass evolve(MachineClass state, Event event) {
            Set<String> users = new TreeSet<>(state instanceof Live live ? live.users() : Set.of());
            return switch (event) {
                case Event.Defined defined -> new Live(defined.spec(), users);
                case Event.Subscribed subscribed -> {
                    users.add(subscribed.deployment());
                    yield state instanceof Live live ? new Live(live.spec(), users) : state;
                }
                case Event.Unsubscribed unsubscribed -> {
                    users.remove(unsubscribed.deployment());
                    yield state instanceof Live live ? new Live(live.spec(), users) : state;
                }
                case Event.Deleted deleted -> new None();
            };
        }
    }
}

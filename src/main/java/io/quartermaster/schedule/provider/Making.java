package io.quartermaster.schedule.provider;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.host.Provided.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings a waiting machine to a host of its own, one step a look: the host is recorded before its
 * instance is made, so that whatever is interrupted is found again.
 */
final class Making {
    private final Instances instances;
    private final HostRecord record;
    private final Removal removal;
    private final Backoff backoff;

    Making(Instances instances, HostRecord record, Removal removal, Backoff backoff) {
        this.instances = instances;
        this.record = record;
        this.removal = removal;
        this.backoff = backoff;
    }

    Outcome advance(Wanted wanted, Sight sight) {
        return switch (record.host(wanted.machine())) {
            case Host.Live host -> advance(wanted, host, sight);
            case Host.Unknown unknown -> begin(wanted, sight);
            case Host.Retired retired -> begin(wanted, sight);
        };
    }

    private Outcome begin(Wanted wanted, Sight sight) {
        var template = wanted.template();
        var instance = template.instance(wanted.machine());
        var planned = template.host(instance, "", Map.of());
        record.say(wanted.machine(), new HostCommand.Enrol(planned, Provided.SOURCE));
        return advance(wanted, instance, null, sight);
    }

    private Outcome advance(Wanted wanted, Host.Live host, Sight sight) {
        var instance = host.spec().instance();
        if (instance == null || !host.source().equals(Provided.SOURCE)) {
            throw new InstanceFailure(
                    new Failure(
                            "host-name-taken",
                            "there is a host of this machine's name, from " + host.source(),
                            "give that host another name",
                            Failure.Retry.WORTHWHILE));
        }
        if (host.occupancy().machine().isPresent()) return Outcome.SETTLED;
        boolean usable = host.standing() instanceof Host.Standing.Good;
        if (!usable || !instance.place().equals(wanted.template().place())) {
            return removal.remove(wanted.machine(), host, instance, sight);
        }
        return advance(wanted, instance, host, sight);
    }

    private Outcome advance(
            Wanted wanted, Instance instance, Host.@Nullable Live host, Sight sight) {
        var name = wanted.machine();
        var state = sight.at(instance.place()).get(name);
        return switch (Objects.requireNonNullElseGet(state, State.Gone::new)) {
            case State.Gone gone -> make(wanted, instance);
            case State.Pending(var uid, Failure why) -> waits(name, why);
            case State.Leaving leaving -> waits(name, Removal.leaving(instance));
            case State.Failed(String uid, Failure why) -> replace(instance.seenAs(uid), why);
            case State.Running running -> hand(wanted, instance, host, running);
        };
    }

    private Outcome waits(String name, Failure why) {
        record.note(name, why);
        return Outcome.WAITS;
    }

    private Outcome make(Wanted wanted, Instance instance) {
        var name = wanted.machine();
        if (!backoff.isOver(name)) return Outcome.WAITS;
        try {
            if (instances.make(instance, wanted.template().body())
                    instanceof State.Pending(var uid, Failure why)) {
                record.note(name, why);
            }
            return Outcome.MOVED;
        } catch (InstanceFailure e) {
            backoff.failed(name);
            throw e;
        }
    }

    /** An instance that has ended is no use to anybody, and in the way of the next. */
    private Outcome replace(Instance instance, Failure why) {
        record.note(instance.name(), why);
        backoff.failed(instance.name());
        instances.removeExactly(instance);
        return Outcome.WAITS;
    }

    private Outcome hand(
            Wanted wanted, Instance instance, Host.@Nullable Live host, State.Running running) {
        var name = wanted.machine();
        var spec = spec(wanted.template(), instance, running);
        var enrol = new HostCommand.Enrol(spec, Provided.SOURCE);
        var reserve = new HostCommand.Reserve(name);
        backoff.forget(name);
        if (!spec.signsIn()) {
            record.say(name, enrol, new HostCommand.RecordFacts(facts(name, running)), reserve);
            record.noteWell(name);
            return Outcome.MOVED;
        }
        if (host == null || !host.spec().equals(spec)) {
            record.say(name, enrol);
            // Looks at what it was before say nothing; the next inspection is due at once.
            record.forget(name);
            return Outcome.MOVED;
        }
        // An inspection gets in first: what has an address need not let us in yet.
        if (host.facts() == null) return Outcome.WAITS;
        record.say(name, reserve);
        return Outcome.MOVED;
    }

    /** The host that a running instance is. */
    static HostSpec spec(InstanceTemplate template, Instance instance, State.Running running) {
        var namespace = instance.place().namespace();
        return template.host(
                instance.seenAs(running.uid()),
                running.address(),
                Map.of("namespace", namespace, "node", running.node()));
    }

    /** What can be said of it from outside. */
    private static Facts facts(String name, State.Running running) {
        var addresses = List.of(running.address());
        return new Facts(name, "", "", "", "", 0, 0, 0, running.uid(), addresses, "", "");
    }
}

package io.quartermaster.schedule.provider;

import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Machine;
import io.quartermaster.step.Failure;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.host.Provided.Made;

/** Has instances go that no machine needs; their hosts are given up once they are gone. */
final class Removal {
    private final Instances instances;
    private final HostRecord record;
    private final Backoff backoff;

    Removal(Instances instances, HostRecord record, Backoff backoff) {
        this.instances = instances;
        this.record = record;
        this.backoff = backoff;
    }

    /** Removes a vacant host when its machine will not come (again). */
    Outcome advance(Made made, Sight sight) {
        return record.host(made.name()) instanceof Host.Live host && isUnwanted(made.name(), host)
                ? remove(made.name(), host, made.instance(), sight)
                : Outcome.SETTLED;
    }

    /** What views show may be old; what is deleted is gone. */
    private boolean isUnwanted(String name, Host.Live host) {
        if (!host.source().equals(Provided.SOURCE)) return false;
        if (host.occupancy().machine().isPresent()) return false;
        return switch (record.machine(name)) {
            case Machine.None none -> true;
            case Machine.Released released -> true;
            case Machine.Live machine when name.equals(machine.host()) -> false;
            case Machine.Live machine when machine.phase() instanceof Machine.Phase.Requested ->
                    !(host.standing() instanceof Host.Standing.Good);
            case Machine.Live machine -> true;
        };
    }

    /** Removes a vacant host. */
    Outcome remove(String name, Host.Live host, Instance instance, Sight sight) {
        var state = sight.at(instance.place()).get(name);
        if (state == null && instances.look(instance) instanceof State.Gone) {
            record.say(name, new HostCommand.Retire("its instance is gone"));
            record.forget(name);
            backoff.forget(name);
            return Outcome.MOVED;
        }
        if (host.standing() instanceof Host.Standing.Good) {
            // From now on nobody gets it, whatever a pass elsewhere still believes.
            var reason = "no machine needs it; its instance is being deleted";
            record.say(name, new HostCommand.StartMaintenance(reason));
        }
        record.note(name, leaving(instance));
        if (state instanceof State.Leaving) return Outcome.WAITS;
        instances.remove(instance);
        return Outcome.MOVED;
    }

    static Failure leaving(Instance instance) {
        return new Failure(
                "instance-leaving",
                "the instance in namespace " + instance.place().namespace() + " is being deleted",
                "nothing, unless it takes long: then look what holds it there",
                Failure.Retry.WORTHWHILE);
    }
}

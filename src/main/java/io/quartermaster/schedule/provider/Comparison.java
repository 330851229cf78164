package io.quartermaster.schedule.provider;

import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.step.Failure;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.host.Provided.Made;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Compares hosts and instances both ways: a machine whose instance is lost is given up, an instance
 * that no host stands for is removed.
 */
final class Comparison {
    private static final Logger LOG = Logger.getLogger(Comparison.class);

    private final Instances instances;
    private final HostRecord record;
    private final Doubt doubt = new Doubt();
    private Set<Instance> strays = Set.of();
    private Set<Instance> missedBefore = Set.of();
    private Set<Instance> missed = Set.of();
    private final Map<Place, Failure> silent = new HashMap<>();

    Comparison(Instances instances, HostRecord record) {
        this.instances = instances;
        this.record = record;
    }

    /** Begins another comparison, of these hosts and what there is for them. */
    void begin(List<Made> hosts, Sight sight) {
        missedBefore = missed;
        missed = new HashSet<>();
        doubt.form(hosts.stream().filter(host -> !host.vacant()).toList(), sight);
    }

    /** Looks after a host with a machine on it. */
    Outcome check(Made made, Sight sight) {
        if (!(record.host(made.name()) instanceof Host.Live host)) return Outcome.SETTLED;
        var instance = host.spec().instance();
        if (instance == null || host.occupancy().machine().isEmpty()) return Outcome.SETTLED;
        var listed = sight.at(instance.place()).get(made.name());
        var state = listed == null ? instances.look(instance) : listed;
        return switch (state) {
            case State.Gone gone -> missing(instance);
            case State.Failed(var uid, Failure why) ->
                    lost(instance, "instance-ended", why.reason());
            case State.Running running when !running.uid().equals(instance.uid()) ->
                    vanished(instance, "another one has its name");
            case State.Pending pending when !pending.uid().equals(instance.uid()) ->
                    vanished(instance, "another one has its name");
            case State.Running running -> well(made.name(), host, running);
            case State.Pending(var uid, Failure why) -> noted(made.name(), why);
            case State.Leaving leaving -> noted(made.name(), Removal.leaving(instance));
        };
    }

    /** One look may come too early or see too little; what is missing twice in a row is lost. */
    private Outcome missing(Instance instance) {
        var place = instance.place();
        if (doubt.isAbout(place)) return noted(instance.name(), doubt.why(place));
        missed.add(instance);
        return missedBefore.contains(instance)
                ? vanished(instance, "it is not there any more")
                : noted(instance.name(), Doubt.missing(instance));
    }

    private Outcome vanished(Instance instance, String how) {
        return lost(
                instance,
                "instance-vanished",
                "instance %s in namespace %s was removed by somebody else: %s"
                        .formatted(instance.name(), instance.place().namespace(), how));
    }

    private Outcome lost(Instance instance, String code, String reason) {
        if (doubt.isAbout(instance.place())) {
            return noted(instance.name(), doubt.why(instance.place()));
        }
        LOG.warnf("Machine %s is lost: %s [%s]", instance.name(), reason, code);
        record.lost(instance.name(), code, reason);
        return Outcome.MOVED;
    }

    private Outcome noted(String name, Failure why) {
        record.note(name, why);
        return Outcome.SETTLED;
    }

    /** It may have moved. How an inspection over SSH went is not overwritten. */
    private Outcome well(String name, Host.Live host, State.Running running) {
        var spec = host.spec();
        if (!spec.address().equals(running.address())) {
            record.say(name, new HostCommand.Enrol(moved(spec, running), Provided.SOURCE));
        }
        if (!spec.signsIn() || record.isUnwell(name)) record.noteWell(name);
        return Outcome.SETTLED;
    }

    private static HostSpec moved(HostSpec spec, State.Running running) {
        var variables = new HashMap<>(spec.variables());
        variables.put("node", running.node());
        return new HostSpec(
                running.address(),
                spec.port(),
                spec.user(),
                spec.become(),
                spec.credentials(),
                spec.hostKeys(),
                spec.bastion(),
                spec.labels(),
                variables,
                spec.instance());
    }

    /** Removes what no host stands for, when it was so in the last comparison as well. */
    void removeStrays(Set<Place> places, List<Made> hosts, Sight sight) {
        var known = new HashMap<String, Place>();
        hosts.forEach(host -> known.put(host.name(), host.instance().place()));
        var found = new HashSet<Instance>();
        for (var place : places) {
            try {
                sight.at(place)
                        .forEach(
                                (name, state) -> {
                                    if (!place.equals(known.get(name)) && isStray(name, place)) {
                                        found.add(new Instance(place, name, uid(state)));
                                    }
                                });
                if (doubt.isAbout(place)) reportSilence(place, doubt.why(place));
                else silent.remove(place);
            } catch (InstanceFailure e) {
                reportSilence(place, e.failure());
            }
        }
        found.removeIf(stray -> doubt.isAbout(stray.place()));
        found.stream().filter(strays::contains).forEach(this::remove);
        strays = found;
    }

    /** Views may not show its host yet. */
    private boolean isStray(String name, Place place) {
        return !(record.host(name) instanceof Host.Live host
                && host.spec().instance() != null
                && place.equals(host.spec().instance().place()));
    }

    private static String uid(State state) {
        return switch (state) {
            case State.Gone gone -> "";
            case State.Pending pending -> pending.uid();
            case State.Running running -> running.uid();
            case State.Failed failed -> failed.uid();
            case State.Leaving leaving -> leaving.uid();
        };
    }

    private void remove(Instance stray) {
        LOG.warnf(
                "Instance %s in namespace %s is of this installation, but no host stands for it;"
                        + " it is deleted",
                stray.name(), stray.place().namespace());
        try {
            instances.removeExactly(stray);
        } catch (InstanceFailure e) {
            reportSilence(stray.place(), e.failure());
        }
    }

    /** Said once, not with every comparison. */
    private void reportSilence(Place place, Failure why) {
        if (Objects.equals(why, silent.put(place, why))) return;
        LOG.warnf(
                "Namespace %s could not be compared: %s; %s [%s]",
                place.namespace(), why.reason(), why.remedy(), why.code());
    }
}

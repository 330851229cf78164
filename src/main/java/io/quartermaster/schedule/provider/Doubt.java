package io.quartermaster.schedule.provider;

import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.step.Failure;
import io.quartermaster.view.host.Provided.Made;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which places cannot be believed: where most of what machines are on is missing all at once, the
 * cluster is another one, or has lost its data, more likely than that somebody removed it all.
 */
final class Doubt {
    /** So many may go at once without a doubt, be they all. */
    private static final int FEW = 3;

    private final Map<Place, Failure> doubtful = new HashMap<>();

    /** Forms an opinion, anew. */
    void form(List<Made> occupied, Sight sight) {
        doubtful.clear();
        occupied.stream()
                .collect(Collectors.groupingBy(host -> host.instance().place()))
                .forEach((place, hosts) -> form(place, hosts, sight));
    }

    private void form(Place place, List<Made> hosts, Sight sight) {
        try {
            var there = sight.at(place);
            var missing = hosts.stream().filter(host -> !there.containsKey(host.name())).count();
            if (missing > FEW && 2 * missing > hosts.size()) {
                doubtful.put(place, doubtful(place, missing, hosts.size()));
            }
        } catch (InstanceFailure e) {
            // A place that does not answer is not compared either.
            doubtful.remove(place);
        }
    }

    boolean isAbout(Place place) {
        return doubtful.containsKey(place);
    }

    /** Why a place is doubted. */
    Failure why(Place place) {
        return Objects.requireNonNull(doubtful.get(place), place::namespace);
    }

    private static Failure doubtful(Place place, long missing, int all) {
        return new Failure(
                "cluster-doubtful",
                "%d of %d instances in namespace %s are missing at once, so no machine is given up"
                        .formatted(missing, all, place.namespace()),
                "see whether it is the right cluster and has its data; if they are really gone,"
                        + " release their machines with force",
                Failure.Retry.WORTHWHILE);
    }

    /** That one instance was not seen, for the first time. */
    static Failure missing(Instance instance) {
        return new Failure(
                "instance-missing",
                "instance %s in namespace %s is missing"
                        .formatted(instance.name(), instance.place().namespace()),
                "nothing: if the next comparison misses it too, its machine is replaced",
                Failure.Retry.WORTHWHILE);
    }
}

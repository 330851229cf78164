package io.quartermaster.schedule.provider;

import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Instance.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What one pass sees of the clusters: each place is asked once, also when it does not answer. */
final class Sight {
    private final Instances instances;
    private final Map<Place, Supplier<Map<String, State>>> seen = new HashMap<>();

    Sight(Instances instances) {
        this.instances = instances;
    }

    /**
     * What is there, by name.
     *
     * @throws InstanceFailure when that could not be found out
     */
    Map<String, State> at(Place place) {
        return seen.computeIfAbsent(place, this::look).get();
    }

    /** Whether any place was asked. */
    boolean hasLooked() {
        return !seen.isEmpty();
    }

    private Supplier<Map<String, State>> look(Place place) {
        try {
            var listed = instances.list(place);
            return () -> listed;
        } catch (InstanceFailure e) {
            return () -> {
                throw e;
            };
        }
    }
}

package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/**
 * What says whose an instance is.
 *
 * @param installation of this daemon's database
 */
record Labels(String installation) {
    static final String MACHINE = "quartermaster.io/machine";
    static final String INSTALLATION = "quartermaster.io/installation";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String US = "quartermaster";

    /** The longest that Kubernetes takes as a label's value. */
    private static final int LONGEST = 63;

    Map<String, String> of(String machine) {
        return Map.of(MACHINE, value(machine), INSTALLATION, installation, MANAGED_BY, US);
    }

    /** The id's end is what tells it from others. */
    private static String value(String machine) {
        if (machine.length() <= LONGEST) return machine;
        return machine.substring(machine.length() - LONGEST).replaceFirst("^-+", "");
    }

    String selector() {
        return MANAGED_BY + "=" + US + "," + INSTALLATION + "=" + installation;
    }

    /** Something that a controller made may have got our labels by being copied. */
    boolean areOn(HasMetadata thing) {
        var labels = Optional.ofNullable(thing.getMetadata().getLabels()).orElse(Map.of());
        return installation.equals(labels.get(INSTALLATION))
                && US.equals(labels.get(MANAGED_BY))
                && value(thing.getMetadata().getName()).equals(labels.get(MACHINE))
                && thing.getMetadata().getOwnerReferences().isEmpty();
    }
}

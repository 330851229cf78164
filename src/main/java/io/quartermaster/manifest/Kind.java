package io.quartermaster.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of documents, in the order in which they refer to each other: back only. */
enum Kind {
    TENANT("Tenant", Shape.NAME),
    MACHINE_CLASS("MachineClass", Shape.NAME),
    PROVISIONING_PLAN("ProvisioningPlan", Shape.NAME),
    HOST("Host", Shape.HOST_NAME),
    MACHINE_DEPLOYMENT("MachineDeployment", Shape.NAME),
    VOLUME("Volume", Shape.NAME);

    static final Map<String, Kind> BY_TEXT = byText();

    private final String text;
    private final Shape names;

    Kind(String text, Shape names) {
        this.text = text;
        this.names = names;
    }

    /** As it stands in documents. */
    String text() {
        return text;
    }

    /** What names of the kind look like. */
    Shape names() {
        return names;
    }

    private static Map<String, Kind> byText() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Kind kind : values()) {
            kinds.put(kind.text, kind);
        }
        return Collections.unmodifiableMap(kinds);
    }
}

package io.quartermaster.manifest;

import io.quartermaster.manifest.text.Described;
import java.util.Map;
import java.util.Optional;

/**
 * What documents of all kinds have in common.
 *
 * @param labels what lists and classes select by
 */
record Header(Kind kind, String name, String tenant, Map<String, String> labels) {
    static final String API_VERSION = "quartermaster.io/v1alpha1";
    static final String DEFAULT_TENANT = "default";

    /** The label that does for {@code metadata.tenant}. */
    static final String TENANT_LABEL = "quartermaster.io/tenant";

    private static final int ANNOTATION_LENGTH = 1 << 18;

    /**
     * Reads it, empty when it does not say which kind; a name that does not fit is empty. Passes
     * over the part of the metadata that only the daemon writes, so that what was got can be
     * applied again; annotations are checked and not kept.
     */
    static Optional<Header> read(Fields document) {
        document.require("apiVersion").ifPresent(value -> value.choice(Map.of(API_VERSION, true)));
        Optional<Kind> kind = document.require("kind").flatMap(value -> value.choice(Kind.BY_TEXT));
        Optional<Fields> metadata =
                document.require("metadata")
                        .flatMap(
                                value ->
                                        value.fields(
                                                "name",
                                                "tenant",
                                                "labels",
                                                "annotations",
                                                "creationTimestamp",
                                                "generation",
                                                "managedFields",
                                                "resourceVersion",
                                                "uid"));
        return kind.map(
                each ->
                        metadata.map(fields -> of(each, fields))
                                .orElse(new Header(each, "", DEFAULT_TENANT, Map.of())));
    }

    private static Header of(Kind kind, Fields metadata) {
        metadata.find("annotations")
                .map(Value::secret)
                .ifPresent(
                        value ->
                                value.texts(
                                        Limits.LABELS,
                                        Shape.LABEL_KEY,
                                        Shape.any(ANNOTATION_LENGTH)));
        String name = metadata.text("name", kind.names());
        Map<String, String> labels = labels(metadata, "labels");
        return new Header(
                kind,
                name,
                kind == Kind.TENANT ? itself(name, metadata) : tenant(metadata, labels),
                labels);
    }

    /** Kubernetes keeps no field of ours in its metadata, but a label. */
    private static String tenant(Fields metadata, Map<String, String> labels) {
        String label = labels.getOrDefault(TENANT_LABEL, "");
        String tenant =
                metadata.text("tenant", Shape.NAME, label.isEmpty() ? DEFAULT_TENANT : label);
        Value at = metadata.has("tenant") ? metadata.self().part("tenant") : labelled(metadata);
        if (!label.isEmpty() && !tenant.equals(label)) {
            at.report(
                    Code.UNKNOWN_VALUE,
                    "the label %s says %s, the tenant is %s; make them equal, or leave one out"
                            .formatted(
                                    TENANT_LABEL,
                                    Described.quoted(label),
                                    Described.quoted(tenant)));
        } else if (!label.isEmpty()) {
            Shape.NAME.unfit(label).ifPresent(code -> at.reportUnfit(code, Shape.NAME.expected()));
        }
        return tenant;
    }

    private static Value labelled(Fields metadata) {
        return metadata.self().part("labels").part(TENANT_LABEL);
    }

    /** A tenant belongs to itself. */
    private static String itself(String name, Fields metadata) {
        String tenant = metadata.text("tenant", Shape.NAME, name);
        if (!tenant.equals(name)) {
            metadata.self()
                    .part("tenant")
                    .reportUnfit(Code.UNKNOWN_VALUE, "the tenant's own name, or nothing");
        }
        return name;
    }

    /** Labels, by Kubernetes' rules. */
    static Map<String, String> labels(Fields fields, String name) {
        return fields.texts(name, Limits.LABELS, Shape.LABEL_KEY, Shape.LABEL_VALUE);
    }

    /** The document with this header and a spec. */
    Map<String, Object> write(Written spec) {
        return new Written()
                .put("apiVersion", API_VERSION)
                .put("kind", kind.text())
                .put(
                        "metadata",
                        new Written()
                                .put("name", name)
                                .put("tenant", tenant)
                                .entries("labels", labels))
                .put("spec", spec)
                .map();
    }
}

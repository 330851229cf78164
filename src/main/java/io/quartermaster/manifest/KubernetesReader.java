package io.quartermaster.manifest;

import io.quartermaster.manifest.StepKind.Surroundings;
import io.quartermaster.manifest.text.Node;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads a step of kind {@code kubernetes}: one action, and the cluster that it is for. */
final class KubernetesReader {
    static final String[] FIELDS = {
        "apply",
        "waitFor",
        "rollout",
        "gone",
        "delete",
        "label",
        "annotate",
        "cordon",
        "uncordon",
        "drain",
        "job",
        "kubeconfigSecret"
    };

    private static final String[] ACTIONS = Arrays.copyOf(FIELDS, FIELDS.length - 1);

    /** The node that the machine's host is, where a step names none. */
    private static final String OWN_NODE = "{host.name}";

    private static final String DEFAULT = "default";
    private static final int ENTRIES = 100;
    private static final int DAY = 24 * 60 * 60;
    private static final Shape DOCUMENTS = Shape.filled(1 << 20);
    private static final Shape ANNOTATION = Shape.any(1 << 16);
    private static final Shape API_VERSION =
            Shape.pattern(
                    "([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v[a-z0-9]+",
                    253,
                    "a version, or a group, a slash and a version: v1, apps/v1");
    private static final Shape TYPE =
            Shape.pattern("[A-Z][A-Za-z0-9]*", 63, "a name in camel case: Deployment, Ready");
    private static final Shape OBJECT =
            orTemplate(Shape.pattern("[^\\s\\p{C}/%]+", 253, "the name of an object"));
    private static final Shape NAMESPACE = orTemplate(Shape.NAME);
    private static final Shape LABEL = orTemplate(Shape.LABEL_VALUE);
    private static final Shape SECRET = orTemplate(Shape.SECRET_NAME).secret();
    private static final Map<String, String> STATUSES = statuses();
    private static final Map<String, Workload> WORKLOADS = workloads();

    private KubernetesReader() {}

    private static Map<String, String> statuses() {
        Map<String, String> words = new LinkedHashMap<>();
        List.of("True", "False", "Unknown").forEach(each -> words.put(each, each));
        return words;
    }

    private static Map<String, Workload> workloads() {
        Map<String, Workload> words = new LinkedHashMap<>();
        Arrays.stream(Workload.values()).forEach(each -> words.put(each.text(), each));
        return words;
    }

    private static Shape orTemplate(Shape plain) {
        return new Shape(
                plain.expected() + "; or a template that makes it",
                1000,
                plain.code(),
                true,
                text ->
                        plain.unfit(text).isEmpty()
                                || text.contains("{") && text.lines().count() == 1);
    }

    static Step read(Fields fields, Surroundings around) {
        Optional<KubernetesAction> action =
                fields.oneOf(ACTIONS).flatMap(value -> action(fields, value));
        return new Step.Kubernetes(
                action.orElse(new KubernetesAction.Cordon(OWN_NODE)),
                fields.textOrNull("kubeconfigSecret", SECRET));
    }

    private static Optional<KubernetesAction> action(Fields fields, Value value) {
        String name = Arrays.stream(ACTIONS).filter(fields::has).findFirst().orElseThrow();
        return switch (name) {
            case "apply" -> apply(value);
            case "waitFor" -> waitFor(value);
            case "rollout" -> rollout(value);
            case "gone" -> value.fields("object").map(KubernetesReader::gone);
            case "delete" -> value.fields("object", "orphan").map(KubernetesReader::delete);
            case "label" -> mark(value, "labels", LABEL, KubernetesAction.Label::new);
            case "annotate" ->
                    mark(value, "annotations", ANNOTATION, KubernetesAction.Annotate::new);
            case "cordon" ->
                    value.fields("node").map(each -> new KubernetesAction.Cordon(node(each)));
            case "uncordon" ->
                    value.fields("node").map(each -> new KubernetesAction.Uncordon(node(each)));
            case "drain" -> drain(value);
            default -> job(value);
        };
    }

    private static Optional<KubernetesAction> apply(Value value) {
        return value.fields(
                        "manifests", "source", "kustomize", "namespace", "force", "deleteOnRelease")
                .map(
                        fields -> {
                            fields.oneOf("manifests", "source", "kustomize");
                            return new KubernetesAction.Apply(
                                    fields.textOrNull("manifests", DOCUMENTS),
                                    fields.textOrNull("source", Shape.SOURCE),
                                    fields.textOrNull("kustomize", Shape.SOURCE),
                                    fields.text("namespace", NAMESPACE, DEFAULT),
                                    fields.bool("force", false),
                                    fields.bool("deleteOnRelease", false));
                        });
    }

    private static Optional<KubernetesAction> waitFor(Value value) {
        return value.fields("object", "condition", "status")
                .map(
                        fields -> {
                            if (fields.has("status") && !fields.has("condition")) {
                                fields.require("condition");
                            }
                            return new KubernetesAction.WaitFor(
                                    object(fields),
                                    fields.textOrNull("condition", TYPE),
                                    fields.choice("status", STATUSES, "True"));
                        });
    }

    private static Optional<KubernetesAction> rollout(Value value) {
        return value.fields("kind", "name", "namespace")
                .map(
                        fields ->
                                new KubernetesAction.Rollout(
                                        fields.choice("kind", WORKLOADS, Workload.DEPLOYMENT),
                                        fields.text("name", OBJECT),
                                        fields.text("namespace", NAMESPACE, DEFAULT)));
    }

    private static KubernetesAction gone(Fields fields) {
        return new KubernetesAction.Gone(object(fields));
    }

    private static KubernetesAction delete(Fields fields) {
        return new KubernetesAction.Delete(object(fields), fields.bool("orphan", false));
    }

    private static Optional<KubernetesAction> drain(Value value) {
        return value.fields("node", "gracePeriodSeconds", "deleteEmptyDir", "force", "podSelector")
                .map(
                        fields ->
                                new KubernetesAction.Drain(
                                        node(fields),
                                        fields.has("gracePeriodSeconds")
                                                ? fields.integer("gracePeriodSeconds", 0, DAY, 0)
                                                : null,
                                        fields.bool("deleteEmptyDir", false),
                                        fields.bool("force", false),
                                        fields.textOrNull("podSelector", Shape.line(1000))));
    }

    private static Optional<KubernetesAction> job(Value value) {
        return value.fields("manifest", "namespace")
                .map(
                        fields ->
                                new KubernetesAction.Job(
                                        fields.text("manifest", DOCUMENTS),
                                        fields.text("namespace", NAMESPACE, DEFAULT)));
    }

    /** What is set on an object, and what is removed from it. */
    @FunctionalInterface
    private interface Mark {
        KubernetesAction of(Subject object, Map<String, String> set, List<String> remove);
    }

    private static Optional<KubernetesAction> mark(
            Value value, String what, Shape values, Mark mark) {
        BiFunction<Fields, Subject, KubernetesAction> read =
                (fields, object) -> {
                    Map<String, String> set = new LinkedHashMap<>();
                    List<String> remove = new ArrayList<>();
                    fields.require(what)
                            .map(each -> each.entries(ENTRIES, Shape.LABEL_KEY))
                            .orElse(Map.of())
                            .forEach(
                                    (key, each) -> {
                                        if (isNull(each)) {
                                            remove.add(key);
                                        } else {
                                            set.put(key, each.text(values));
                                        }
                                    });
                    return mark.of(object, Collections.unmodifiableMap(set), List.copyOf(remove));
                };
        return value.fields("node", "object", what)
                .map(
                        fields -> {
                            if (!fields.has("object")) {
                                return read.apply(fields, Subject.node(node(fields)));
                            }
                            fields.oneOf("node", "object");
                            return read.apply(fields, object(fields));
                        });
    }

    private static boolean isNull(Value value) {
        return value.node() instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL;
    }

    private static String node(Fields fields) {
        return fields.text("node", OBJECT, OWN_NODE);
    }

    private static Subject object(Fields fields) {
        return fields.require("object")
                .flatMap(value -> value.fields("apiVersion", "kind", "name", "namespace"))
                .map(
                        object ->
                                new Subject(
                                        object.text("apiVersion", API_VERSION),
                                        object.text("kind", TYPE),
                                        object.text("name", OBJECT),
                                        object.textOrNull("namespace", NAMESPACE)))
                .orElse(Subject.node(""));
    }
}

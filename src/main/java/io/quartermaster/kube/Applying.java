package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.KubernetesAction.Apply;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes objects what documents say, and takes them back. */
final class Applying {
    private static final long MOST_BYTES = 4L << 20;
    private static final String ANNOTATIONS = "annotations";

    private final Api api;
    private final Kinds kinds;
    private final Doing doing;
    private final Apply apply;
    private final Tools tools;

    /** Where the documents come from. */
    record Tools(Sources sources, Kustomize kustomize) {}

    Applying(Api api, Doing doing, Apply apply, Tools tools) {
        this.api = api;
        this.kinds = new Kinds(api);
        this.doing = doing;
        this.apply = apply;
        this.tools = tools;
    }

    /** Object by object; what is as it shall be is left alone. */
    StepResult apply() throws ClusterException, InterruptedException, Killed {
        List<ObjectNode> documents = Documents.read(text());
        List<String> defined = documents.stream().map(Applying::definition).toList();
        boolean changed = false;
        for (ObjectNode document : documents) {
            if (doing.left().isZero()) {
                return new StepResult.Failed(doing.timeout("not all objects are applied"));
            }
            Subject subject = subject(document);
            String group = subject.apiVersion().replaceFirst("/.*", "");
            boolean isDefinedHere = defined.contains(group + "/" + subject.kind());
            Located object = isDefinedHere ? defined(subject) : kinds.require(subject);
            changed |= apply(document, object);
            if (!definition(document).isEmpty()) {
                established(object);
            }
        }
        return changed ? new StepResult.Changed() : new StepResult.Unchanged();
    }

    /** Group and kind that a document defines, or nothing. */
    private static String definition(JsonNode document) {
        return document.path("kind").asText().equals("CustomResourceDefinition")
                ? document.at("/spec/group").asText()
                        + "/"
                        + document.at("/spec/names/kind").asText()
                : "";
    }

    private void established(Located definition)
            throws ClusterException, InterruptedException, Killed {
        doing.await(
                () ->
                        api.read(definition)
                                .map(
                                        live ->
                                                Waiting.condition(
                                                        definition, live, "Established", "True"))
                                .orElse(new Seen.NotYet(definition + " does not exist")));
    }

    /** A kind that the same documents define is known a moment after its definition. */
    private Located defined(Subject subject) throws ClusterException, InterruptedException, Killed {
        AtomicReference<@Nullable Located> found = new AtomicReference<>();
        doing.await(
                () -> {
                    found.set(kinds.locate(subject).orElse(null));
                    return found.get() != null
                            ? new Seen.Done()
                            : new Seen.NotYet("the cluster knows no kind " + subject.kind());
                });
        Located located = found.get();
        return located == null ? kinds.require(subject) : located;
    }

    private boolean apply(ObjectNode document, Located object)
            throws ClusterException, InterruptedException, Killed {
        ObjectNode metadata = (ObjectNode) document.get("metadata");
        if (object.resource().isNamespaced()) {
            metadata.put("namespace", object.namespace());
        }
        Optional<JsonNode> live = api.read(object);
        if (apply.deleteOnRelease()) {
            if (live.isEmpty() || isThisMachines(live.get())) {
                metadata.withObjectProperty("labels").put(Marks.MACHINE, machine());
            } else {
                doing.say(object + ": was there before; it stays when the machine is released");
            }
        }
        if (live.isPresent() && isAsDeclared(document, object, live.get())) {
            // Changed by this very step, before whoever did it could say so.
            boolean changedBefore = appliedBy(live.get()).equals(Marks.appliedBy(doing));
            doing.say(object + (changedBefore ? ": changed before" : ": unchanged"));
            return changedBefore;
        }
        metadata.withObjectProperty(ANNOTATIONS).put(Marks.APPLIED_BY, Marks.appliedBy(doing));
        api.apply(object, document, apply.force());
        doing.say(object + (live.isPresent() ? ": changed" : ": created"));
        return true;
    }

    private boolean isAsDeclared(ObjectNode document, Located object, JsonNode live)
            throws ClusterException, InterruptedException {
        ObjectNode same = document.deepCopy();
        String before = appliedBy(live);
        if (!before.isEmpty()) {
            ((ObjectNode) same.get("metadata"))
                    .withObjectProperty(ANNOTATIONS)
                    .put(Marks.APPLIED_BY, before);
        }
        return Comparison.isSame(live, api.wouldApply(object, same, apply.force()));
    }

    private static String appliedBy(JsonNode object) {
        return object.path("metadata").path(ANNOTATIONS).path(Marks.APPLIED_BY).asText();
    }

    /** Deletes what bears this machine's label, the last first. */
    StepResult takeBack() throws ClusterException, InterruptedException, Killed {
        StepResult result = new StepResult.Unchanged();
        for (ObjectNode document : Documents.read(text()).reversed()) {
            Subject subject = subject(document);
            Optional<Located> object = kinds.locate(subject);
            if (object.isEmpty()) {
                doing.say(
                        "%s %s: the cluster knows no such kind, so there is nothing to take back"
                                .formatted(subject.kind(), subject.name()));
                continue;
            }
            Optional<JsonNode> live = api.read(object.get());
            if (live.isEmpty()) {
                continue;
            }
            if (!isThisMachines(live.get())) {
                doing.say(object.get() + ": is not this machine's (any more), so it stays");
                continue;
            }
            result = new Deleting(api, doing).delete(object.get(), live.get(), "Foreground");
            if (result instanceof StepResult.Failed) {
                return result;
            }
        }
        return result;
    }

    private boolean isThisMachines(JsonNode live) {
        return live.at("/metadata/labels").path(Marks.MACHINE).asText().equals(machine());
    }

    private String machine() {
        return Marks.fitting(doing.machine());
    }

    private Subject subject(JsonNode document) {
        Subject subject = Documents.subject(document);
        return subject.namespace() != null
                ? subject
                : new Subject(
                        subject.apiVersion(), subject.kind(), subject.name(), apply.namespace());
    }

    private String text() throws ClusterException, InterruptedException {
        if (apply.manifests() != null) {
            return apply.manifests();
        }
        try {
            if (apply.kustomize() != null) {
                Path directory = tools.sources().directory(apply.kustomize());
                return tools.kustomize().build(directory, doing.left());
            }
            Path file = tools.sources().file(String.valueOf(apply.source()));
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file.getFileName() + " has more than 4 MiB");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ClusterException.impossible(
                    Failures.invalid(
                            "source-unreadable",
                            "what the step names cannot be read: " + e.getMessage(),
                            "correct the name, or put it below a directory that may be read"));
        }
    }
}

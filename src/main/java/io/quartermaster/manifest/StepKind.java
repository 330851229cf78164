package io.quartermaster.manifest;

import io.quartermaster.step.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The kinds of steps by the names of {@link Step#KINDS}, in the order in which messages list them,
 * each with the fields it has.
 */
enum StepKind {
    COMMAND("command", StepReader::command, "check", "apply", "undo"),
    SCRIPT("script", StepReader::script, "content", "source", "arguments", "creates"),
    FILE("file", StepReader::file, "path", "content", "source", "mode", "owner", "group"),
    DIRECTORY("directory", StepReader::directory, "path", "mode", "owner", "group"),
    USER(
            "user",
            StepReader::user,
            "name",
            "shell",
            "home",
            "groups",
            "authorizedKeys",
            "sudo",
            "system"),
    PACKAGE("package", StepReader::packages, "names", "files", "state"),
    SERVICE("service", StepReader::service, "name", "unit", "enabled", "running", "restartWhen"),
    UPLOAD("upload", StepReader::upload, "source", "path", "mode", "owner", "group", "sha256"),
    REBOOT("reboot", StepReader::reboot, "whenChanged"),
    WAIT("wait", StepReader::await, "tcp", "http", "command", "durationSeconds"),
    KUBERNETES("kubernetes", KubernetesReader::read, KubernetesReader.FIELDS);

    /**
     * What a step may refer to.
     *
     * @param earlier names of the steps before it
     * @param timeoutSeconds its time limit
     */
    record Surroundings(Set<String> earlier, int timeoutSeconds) {}

    static final List<String> NAMES = Arrays.stream(values()).map(StepKind::text).toList();

    private final String text;
    private final BiFunction<Fields, Surroundings, Step> reader;
    private final String[] fields;

    StepKind(String text, BiFunction<Fields, Surroundings, Step> reader, String... fields) {
        this.text = text;
        this.reader = reader;
        this.fields = fields;
    }

    /** As it stands in manifests. */
    String text() {
        return text;
    }

    /** Empty when the value is no mapping. */
    Optional<Step> read(Value value, Surroundings surroundings) {
        return value.fields(fields).map(each -> reader.apply(each, surroundings));
    }
}

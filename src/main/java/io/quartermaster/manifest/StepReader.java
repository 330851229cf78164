package io.quartermaster.manifest;

import io.quartermaster.manifest.StepKind.Surroundings;
import io.quartermaster.manifest.text.Described;
import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Wait.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of each kind of step. */
final class StepReader {
    /** A piece of sh. */
    static final Shape SHELL = Shape.filled(Limits.SHELL);

    private static final Shape CONTENT = Shape.any(Limits.CONTENT);
    private static final Shape ARGUMENT = Shape.any(Limits.ARGUMENT);
    private static final Shape AUTHORIZED_KEY = Shape.line(Limits.AUTHORIZED_KEY);
    private static final Shape WORD =
            Shape.pattern(
                    "[^-\\s\\p{C}][^\\s\\p{C}]*",
                    Limits.WORD,
                    "a word without white space that does not begin with a hyphen");
    private static final Shape SERVICE =
            Shape.pattern(
                    "[^-./\\s\\p{C}][^/\\s\\p{C}]*",
                    Limits.WORD,
                    "the name of a service, without slashes and white space");
    private static final Shape SHA256 =
            Shape.pattern(
                    "[0-9a-f]{64}|.*\\{.*",
                    Limits.WORD,
                    "a SHA-256 hash: 64 digits of lower case hex");
    private static final Shape URL =
            Shape.pattern("https?://[^\\s\\p{C}]+", Limits.URL, "an http:// or https:// address")
                    .secret();
    private static final Map<String, Step.Sudo> SUDO = Words.of(Step.Sudo.class);
    private static final Map<String, Step.Packages.State> STATES =
            Words.of(Step.Packages.State.class);

    private StepReader() {}

    /** Its undo is read with the step's. */
    static Step command(Fields fields, Surroundings around) {
        return new Step.Command(fields.textOrNull("check", SHELL), fields.text("apply", SHELL));
    }

    static Step script(Fields fields, Surroundings around) {
        fields.oneOf("content", "source");
        return new Step.Script(
                fields.textOrNull("content", CONTENT),
                fields.textOrNull("source", Shape.SOURCE),
                fields.texts("arguments", Limits.ITEMS, ARGUMENT),
                fields.textOrNull("creates", Shape.PATH));
    }

    static Step file(Fields fields, Surroundings around) {
        fields.oneOf("content", "source");
        return new Step.File(
                fields.text("path", Shape.PATH),
                fields.textOrNull("content", CONTENT),
                fields.textOrNull("source", Shape.SOURCE),
                mode(fields, "0644"),
                fields.textOrNull("owner", Shape.ACCOUNT),
                fields.textOrNull("group", Shape.ACCOUNT));
    }

    static Step directory(Fields fields, Surroundings around) {
        return new Step.Directory(
                fields.text("path", Shape.PATH),
                mode(fields, "0755"),
                fields.textOrNull("owner", Shape.ACCOUNT),
                fields.textOrNull("group", Shape.ACCOUNT));
    }

    /** Always four digits. */
    private static String mode(Fields fields, String fallback) {
        String mode = fields.text("mode", Shape.MODE, fallback);
        return mode.length() == 3 ? "0" + mode : mode;
    }

    static Step user(Fields fields, Surroundings around) {
        return new Step.User(
                fields.text("name", Shape.ACCOUNT),
                fields.textOrNull("shell", Shape.PATH),
                fields.textOrNull("home", Shape.PATH),
                fields.texts("groups", Limits.ITEMS, Shape.ACCOUNT),
                fields.texts("authorizedKeys", Limits.ITEMS, AUTHORIZED_KEY),
                fields.choice("sudo", SUDO, Step.Sudo.NONE),
                fields.bool("system", false));
    }

    static Step packages(Fields fields, Surroundings around) {
        Step.Packages packages =
                new Step.Packages(
                        fields.texts("names", Limits.ITEMS, WORD),
                        fields.texts("files", Limits.ITEMS, Shape.PATH),
                        fields.choice("state", STATES, Step.Packages.State.PRESENT));
        if (packages.names().isEmpty() && packages.files().isEmpty()) {
            fields.self().report(Code.TOO_FEW, "found no package; expected names or files");
        }
        return packages;
    }

    static Step service(Fields fields, Surroundings around) {
        return new Step.Service(
                fields.text("name", SERVICE),
                fields.textOrNull("unit", CONTENT),
                fields.bool("enabled", true),
                fields.bool("running", true),
                earlierSteps(fields, "restartWhen", around));
    }

    static Step upload(Fields fields, Surroundings around) {
        return new Step.Upload(
                fields.text("source", Shape.SOURCE),
                fields.text("path", Shape.PATH),
                mode(fields, "0644"),
                fields.textOrNull("owner", Shape.ACCOUNT),
                fields.textOrNull("group", Shape.ACCOUNT),
                fields.textOrNull("sha256", SHA256));
    }

    static Step reboot(Fields fields, Surroundings around) {
        return new Step.Reboot(earlierSteps(fields, "whenChanged", around));
    }

    private static List<String> earlierSteps(Fields fields, String name, Surroundings around) {
        List<Value> items =
                fields.find(name).map(value -> value.items(0, Limits.STEPS)).orElse(List.of());
        return items.stream().map(item -> earlierStep(item, around)).toList();
    }

    private static String earlierStep(Value item, Surroundings around) {
        String name = item.text(StepForm.NAME);
        if (!name.isEmpty() && !around.earlier().contains(name)) {
            String near =
                    item.nearest(name, around.earlier())
                            .map(each -> "; did you mean " + Described.quoted(each) + "?")
                            .orElse("; expected the name of a step that stands before this one");
            item.report(
                    Code.UNKNOWN_STEP, "there is no earlier step " + Described.quoted(name) + near);
        }
        return name;
    }

    static Step await(Fields fields, Surroundings around) {
        Optional<Until> until =
                fields.oneOf("tcp", "http", "command", "durationSeconds")
                        .flatMap(value -> until(value, fields, around));
        return new Step.Wait(until.orElse(new Until.Elapsed(Duration.ZERO)));
    }

    private static Optional<Until> until(Value value, Fields wait, Surroundings around) {
        if (wait.has("tcp")) {
            return value.fields("host", "port")
                    .map(
                            tcp ->
                                    new Until.Tcp(
                                            tcp.text("host", WORD, "127.0.0.1"),
                                            tcp.requiredInteger("port", 1, Limits.PORT)));
        }
        if (wait.has("http")) {
            return value.fields("url", "status")
                    .map(
                            http ->
                                    new Until.Http(
                                            http.text("url", URL),
                                            http.integer("status", 100, 599, 200)));
        }
        if (wait.has("command")) {
            return Optional.of(new Until.Succeeds(value.text(SHELL)));
        }
        // Longer than the step may take, it could only fail.
        long seconds = value.integer(1, around.timeoutSeconds());
        return Optional.of(new Until.Elapsed(Duration.ofSeconds(seconds)));
    }
}

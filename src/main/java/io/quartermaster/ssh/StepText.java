package io.quartermaster.ssh;

import static io.quartermaster.ssh.Bundle.assign;

import io.quartermaster.step.ShellWord;
import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Wait.Until;
import io.quartermaster.step.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Steps as assignments of shell variables, which the functions of the kind's library ({@code
 * file.sh}, {@code user.sh}, ...) work on. The same step gives the same text at any time, since the
 * target compares digests of it.
 *
 * @param files where scripts, files and uploads with a source are read
 */
record StepText(SourceFiles files) {
    /**
     * Larger sources do not travel with the steps: they are sent before them, and taken up where
     * they were cut.
     */
    static final long MAX_INLINE = 32 * 1024;

    /** What a program asks for when it makes a file. */
    private static final int CREATED = 0666;

    private static final long MAX_TEXT = 4 * 1024 * 1024;
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}\\$?");
    private static final Pattern PACKAGE =
            Pattern.compile("[A-Za-z0-9@][A-Za-z0-9@+._:~=/-]{0,199}");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,199}");

    /** A step that no target could execute; says why. */
    static final class InvalidStep extends Exception {
        InvalidStep(String message) {
            super(message);
        }
    }

    /** Names of the sh texts that the step needs. */
    static List<String> libraries(Work.Task task) {
        if (task.mode() == Work.Mode.UNDO) {
            return List.of("command");
        }
        return switch (task.step().step()) {
            case Step.Command _ -> List.of("command");
            case Step.Script _ -> List.of("script");
            case Step.File _ -> List.of("attributes", "file");
            case Step.Directory _ -> List.of("attributes", "directory");
            case Step.User _ -> List.of("user");
            case Step.Packages _ -> List.of("package");
            case Step.Service _ -> List.of("attributes", "file", "service");
            case Step.Upload _ -> List.of("attributes", "upload");
            case Step.Reboot _ -> List.of("reboot");
            case Step.Wait _ -> List.of("command", "wait");
            case Step.Kubernetes _ -> List.of();
        };
    }

    /** The step's function body: one assignment a line. */
    String assignments(Work.Task task) throws InvalidStep {
        try {
            if (task.mode() == Work.Mode.UNDO) {
                String undo = task.step().undo();
                return kind("command")
                        + assign("check", undo == null ? "true" : "")
                        + optional("apply", undo);
            }
            return assignments(task.step().step());
        } catch (IllegalArgumentException | IOException e) {
            throw new InvalidStep(String.valueOf(e.getMessage()));
        }
    }

    private String assignments(Step step) throws IOException {
        return switch (step) {
            case Step.Command command ->
                    kind("command")
                            + optional("check", command.check())
                            + assign("apply", command.apply());
            case Step.Script script -> script(script);
            case Step.File file ->
                    kind("file")
                            + attributes(file.path(), file.mode(), file.owner(), file.group())
                            + content("content", text(file.content(), file.source()));
            case Step.Directory directory ->
                    kind("directory")
                            + attributes(
                                    directory.path(),
                                    directory.mode(),
                                    directory.owner(),
                                    directory.group());
            case Step.User user -> user(user);
            case Step.Packages packages -> packages(packages);
            case Step.Service service -> service(service);
            case Step.Upload upload -> upload(upload);
            case Step.Reboot reboot -> kind("reboot") + assign("when", lines(reboot.when()));
            case Step.Wait wait -> kind("wait") + until(wait.until());
            case Step.Kubernetes _ -> throw new IllegalArgumentException("no host executes it");
        };
    }

    private String script(Step.Script script) throws IOException {
        String content = text(script.content(), script.source());
        String command =
                Interpreter.of(content)
                        + " \"$dir/text\""
                        + script.arguments().stream()
                                .map(argument -> " " + ShellWord.quote(argument))
                                .collect(Collectors.joining());
        return kind("script")
                + assign("content", content)
                + optional("creates", script.creates())
                + "run_script() { "
                + command
                + "; }\n";
    }

    private static String attributes(
            String path, String mode, @Nullable String owner, @Nullable String group) {
        return assign("path", absolute(path))
                + mode(mode)
                + optional("owner", owner)
                + optional("group", group);
    }

    private static String user(Step.User user) {
        String name = matching(ACCOUNT, user.name(), "user name");
        String rule =
                switch (user.sudo()) {
                    case NONE -> "";
                    case WITH_PASSWORD -> name + " ALL=(ALL:ALL) ALL";
                    case WITHOUT_PASSWORD -> name + " ALL=(ALL:ALL) NOPASSWD: ALL";
                };
        user.groups().forEach(group -> matching(ACCOUNT, group, "group"));
        return kind("user")
                + assign("name", name)
                + optional("shell", user.shell())
                + optional("home", user.home())
                + assign("groups", String.join(" ", user.groups()))
                + assign("keys", lines(user.authorizedKeys()))
                + assign("rule", rule)
                // sudo passes over files with a dot in their name.
                + assign("sudoers", "/etc/sudoers.d/quartermaster-" + name.replace('.', '_'))
                + assign("system", yesOrNo(user.system()));
    }

    private static String packages(Step.Packages packages) {
        packages.names().forEach(name -> matching(PACKAGE, name, "package name"));
        packages.files().forEach(StepText::absolute);
        return kind("package")
                + assign("names", String.join(" ", packages.names()))
                + assign("files", lines(packages.files()))
                + assign("wanted", packages.state().name().toLowerCase(Locale.ROOT));
    }

    private static String service(Step.Service service) {
        String name = matching(SERVICE, service.name(), "service name");
        boolean typed = name.matches(".*\\.(service|socket|timer|path|mount|target)");
        return kind("service")
                + assign("name", name)
                + assign("unit_name", typed ? name : name + ".service")
                + content("unit", service.unit() == null ? "" : service.unit())
                + assign("enabled", yesOrNo(service.enabled()))
                + assign("running", yesOrNo(service.running()))
                + assign("when", lines(service.restartWhen()));
    }

    private String upload(Step.Upload upload) throws IOException {
        Path source = files.resolve(upload.source());
        String hash = Hashes.sha256(source);
        if (upload.sha256() != null && !upload.sha256().equalsIgnoreCase(hash)) {
            throw new IllegalArgumentException(
                    "the source "
                            + upload.source()
                            + " has SHA-256 "
                            + hash
                            + ", not "
                            + upload.sha256());
        }
        boolean staged = Files.size(source) > MAX_INLINE;
        return kind("upload")
                + attributes(upload.path(), upload.mode(), upload.owner(), upload.group())
                + assign("sha256", hash)
                + assign("staged", yesOrNo(staged))
                + (staged
                        ? ""
                        : assign(
                                "base64",
                                Base64.getEncoder().encodeToString(Files.readAllBytes(source))));
    }

    private static String until(Until until) {
        return switch (until) {
            case Until.Tcp tcp ->
                    assign("what", "tcp")
                            + assign("host", tcp.host())
                            + assign("port", Integer.toString(tcp.port()));
            case Until.Http http ->
                    assign("what", "http")
                            + assign("url", http.url())
                            + assign("status", Integer.toString(http.status()));
            case Until.Succeeds succeeds ->
                    assign("what", "command") + assign("command", succeeds.command());
            case Until.Elapsed elapsed ->
                    assign("what", "elapsed")
                            + assign(
                                    "seconds",
                                    Long.toString(
                                            Math.ceilDiv(elapsed.duration().toMillis(), 1000L)));
        };
    }

    private String text(@Nullable String content, @Nullable String source) throws IOException {
        if (content != null) {
            return content;
        }
        if (source == null) {
            throw new IllegalArgumentException("neither content nor source is given");
        }
        Path path = files.resolve(source);
        if (Files.size(path) > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the source "
                            + source
                            + " is larger than "
                            + MAX_TEXT
                            + " bytes; use an upload");
        }
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    private static String absolute(String path) {
        if (!path.startsWith("/")
                || path.contains("\n")
                || path.length() > 1 && path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a path must be absolute, of one line and without a slash at its end, is "
                            + path);
        }
        return path;
    }

    /** The mode without leading zeros, and the mask with which a new file has it at once. */
    private static String mode(String text) {
        if (!text.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("a mode has three or four octal digits, is " + text);
        }
        int mode = Integer.parseInt(text, 8);
        boolean asCreated = (mode & ~CREATED) == 0;
        return assign("mode", Integer.toOctalString(mode))
                + assign("mask", asCreated ? "%03o".formatted(CREATED & ~mode) : "");
    }

    /** A text and the number of its bytes. */
    private static String content(String name, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return assign(name, text) + assign("length", Integer.toString(length));
    }

    private static String matching(Pattern pattern, String name, String what) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException("not a " + what + ": " + name);
        }
        return name;
    }

    private static String lines(List<String> texts) {
        for (String text : texts) {
            if (text.contains("\n")) {
                throw new IllegalArgumentException(
                        "this must be of one line: " + text.lines().findFirst().orElse(""));
            }
        }
        return String.join("\n", texts);
    }

    private static String kind(String kind) {
        return "kind=" + kind + "\n";
    }

    private static String optional(String name, @Nullable String value) {
        return assign(name, value == null ? "" : value);
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }
}

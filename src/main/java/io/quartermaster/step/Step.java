package io.quartermaster.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One idempotent unit of work on a machine, as data: check whether it is done, apply it, verify.
 * The texts of a step as it stands in a plan are templates; {@link #rendered} gives the step that
 * is executed.
 */
public sealed interface Step {

    /**
     * The kinds by the names they have in manifests and in the log; names only ever join this
     * table.
     */
    Map<String, Class<? extends Step>> KINDS =
            Map.ofEntries(
                    Map.entry("command", Command.class),
                    Map.entry("script", Script.class),
                    Map.entry("file", File.class),
                    Map.entry("directory", Directory.class),
                    Map.entry("user", User.class),
                    Map.entry("package", Packages.class),
                    Map.entry("service", Service.class),
                    Map.entry("upload", Upload.class),
                    Map.entry("reboot", Reboot.class),
                    Map.entry("wait", Wait.class),
                    Map.entry("kubernetes", Kubernetes.class));

    /**
     * The same step with every text passed through {@code template}; paths of the daemon's own
     * files included.
     */
    Step rendered(UnaryOperator<String> template);

    /** Whether the step itself says how it is taken back, without an undo beside it. */
    default boolean takesItselfBack() {
        return false;
    }

    private static @Nullable String each(@Nullable String text, UnaryOperator<String> template) {
        return text == null ? null : template.apply(text);
    }

    private static List<String> each(List<String> texts, UnaryOperator<String> template) {
        return texts.stream().map(template).toList();
    }

    /**
     * Plain POSIX sh.
     *
     * @param check exit status 0 means that there is nothing to do; without it {@code apply} runs
     *     in every run
     * @param apply does the work; a status other than 0 is a failure
     */
    record Command(@Nullable String check, String apply) implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Command(each(check, template), template.apply(apply));
        }
    }

    /**
     * A script file with arguments, run by the interpreter of its first line, sh without one.
     *
     * @param content the script itself; exactly one of content and source
     * @param source a file on the daemon's side, below the directories it may read
     * @param creates a path whose existence means that there is nothing to do
     */
    record Script(
            @Nullable String content,
            @Nullable String source,
            List<String> arguments,
            @Nullable String creates)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Script(
                    content,
                    each(source, template),
                    each(arguments, template),
                    each(creates, template));
        }
    }

    /**
     * A file with given content, compared by content hash and written atomically.
     *
     * @param content the text; exactly one of content and source
     * @param source a template on the daemon's side, below the directories it may read
     * @param mode octal permission bits, {@code 0644}
     * @param owner a user of the machine; absent: root, or who signs in where there is no root
     * @param group absent: the owner's
     */
    record File(
            String path,
            @Nullable String content,
            @Nullable String source,
            String mode,
            @Nullable String owner,
            @Nullable String group)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new File(
                    template.apply(path),
                    each(content, template),
                    each(source, template),
                    mode,
                    each(owner, template),
                    each(group, template));
        }
    }

    /** A directory, made with its parents; mode, owner and group as in {@link File}. */
    record Directory(String path, String mode, @Nullable String owner, @Nullable String group)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Directory(
                    template.apply(path), mode, each(owner, template), each(group, template));
        }
    }

    /**
     * A user account.
     *
     * @param groups supplementary groups it shall have; others that it has stay
     * @param authorizedKeys OpenSSH public keys; the file is replaced when the list is not empty
     * @param sudo what the account may do as root
     * @param system a system account, without ageing, with a low id
     */
    record User(
            String name,
            @Nullable String shell,
            @Nullable String home,
            List<String> groups,
            List<String> authorizedKeys,
            Sudo sudo,
            boolean system)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new User(
                    template.apply(name),
                    each(shell, template),
                    each(home, template),
                    each(groups, template),
                    each(authorizedKeys, template),
                    sudo,
                    system);
        }
    }

    /** What an account may do as root. */
    enum Sudo {
        NONE,
        WITH_PASSWORD,
        WITHOUT_PASSWORD
    }

    /**
     * Packages of the system's package manager (apt, dnf or apk), in one transaction. Files are
     * paths on the machine.
     */
    record Packages(List<String> names, List<String> files, State state) implements Step {

        /** What the packages shall be. */
        public enum State {
            PRESENT,
            ABSENT,
            LATEST
        }

        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Packages(each(names, template), each(files, template), state);
        }
    }

    /**
     * A service of systemd or OpenRC.
     *
     * @param unit text of the unit file; absent: the unit is there already
     * @param restartWhen names of earlier steps; the service is restarted when one of them changed
     *     something
     */
    record Service(
            String name,
            @Nullable String unit,
            boolean enabled,
            boolean running,
            List<String> restartWhen)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Service(
                    template.apply(name), each(unit, template), enabled, running, restartWhen);
        }
    }

    /**
     * A file of the daemon's side, byte for byte.
     *
     * @param source below the directories that the daemon may read
     * @param sha256 lower case hex; when given, a source with another hash is refused
     */
    record Upload(
            String source,
            String path,
            String mode,
            @Nullable String owner,
            @Nullable String group,
            @Nullable String sha256)
            implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Upload(
                    template.apply(source),
                    template.apply(path),
                    mode,
                    each(owner, template),
                    each(group, template),
                    each(sha256, template));
        }
    }

    /**
     * Restarts the machine and waits for a new boot id. With a list, only when one of these steps
     * changed something.
     */
    record Reboot(List<String> when) implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return this;
        }
    }

    /** Waits until something is there, within the step's time limit. */
    record Wait(Until until) implements Step {

        /** What is waited for, seen from the machine. */
        public sealed interface Until {

            /** What there is by the names in the log; names only ever join this table. */
            Map<String, Class<? extends Until>> KINDS =
                    Map.of(
                            "tcp", Tcp.class,
                            "http", Http.class,
                            "succeeds", Succeeds.class,
                            "elapsed", Elapsed.class);

            /** Something listens on the port. */
            record Tcp(String host, int port) implements Until {}

            /** The address answers with the status. */
            record Http(String url, int status) implements Until {}

            /** The command ends with status 0. */
            record Succeeds(String command) implements Until {}

            /** So much time has passed. */
            record Elapsed(Duration duration) implements Until {}
        }

        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Wait(
                    switch (until) {
                        case Until.Tcp tcp -> new Until.Tcp(template.apply(tcp.host()), tcp.port());
                        case Until.Http http ->
                                new Until.Http(template.apply(http.url()), http.status());
                        case Until.Succeeds command ->
                                new Until.Succeeds(template.apply(command.command()));
                        case Until.Elapsed elapsed -> elapsed;
                    });
        }
    }

    /**
     * Something done to a Kubernetes cluster, from the daemon's side; no host is spoken to.
     *
     * @param kubeconfigSecret name of a secret with a kubeconfig; absent: the daemon's own cluster
     */
    record Kubernetes(KubernetesAction action, @Nullable String kubeconfigSecret) implements Step {
        @Override
        public Step rendered(UnaryOperator<String> template) {
            return new Kubernetes(action.rendered(template), each(kubeconfigSecret, template));
        }

        @Override
        public boolean takesItselfBack() {
            return action instanceof KubernetesAction.Apply apply && apply.deleteOnRelease();
        }
    }
}

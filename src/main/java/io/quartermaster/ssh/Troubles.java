package io.quartermaster.ssh;

import io.quartermaster.ssh.HostException.Trouble;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.schmizz.sshj.userauth.UserAuthException;

/** What went wrong on the way to a host, as codes and sentences. */
final class Troubles {
    private static final Duration BOOTING = Duration.ofSeconds(2);
    private static final Duration NEEDS_A_PERSON = Duration.ofMinutes(5);
    private static final List<String> NOT_UP_YET =
            List.of(
                    "system is booting up",
                    "system is going down",
                    "nologin",
                    "not permitted to log in yet");

    /** What is behind an exception, by its class or its text; the first that fits. */
    private record Cause(
            Predicate<Throwable> fits, String code, String reason, String remedy, Retry retry) {}

    private static final List<Cause> CAUSES =
            List.of(
                    waits(
                            is(UnknownHostException.class),
                            "address-unknown",
                            "%s cannot be resolved",
                            "Correct the address, or mend the name service"),
                    waits(
                            is(NoRouteToHostException.class)
                                    .or(says("no route to host"))
                                    .or(says("unreachable")),
                            "no-route",
                            "there is no route to %s",
                            "Check the network between the daemon and the host"),
                    waits(
                            is(ConnectException.class).or(says("connection refused")),
                            "connection-refused",
                            "%s refuses connections",
                            "Check that sshd runs there and that address and port are right"),
                    waits(
                            is(SocketTimeoutException.class)
                                    .or(is(TimeoutException.class))
                                    .or(says("timed out")),
                            "connect-timeout",
                            "%s does not answer in time",
                            "Check that the host is on and that no firewall drops the packets"),
                    new Cause(
                            says("unable to reach a settlement").or(says("not support sshv2")),
                            "no-common-algorithm",
                            "%s offers no algorithm that is still held safe",
                            "Update the SSH server of the host",
                            Retry.POINTLESS),
                    waits(
                            says("identification"),
                            "not-ssh",
                            "%s does not talk SSH",
                            "Check that the port is the one of sshd"));

    private final Duration retryIn;

    Troubles(SshSettings settings) {
        this.retryIn = settings.retryUnreachable();
    }

    /** A connection could not be opened, or broke before the sign-in. */
    HostException connecting(Target hop, Throwable thrown) {
        Cause cause =
                CAUSES.stream()
                        .filter(known -> causes(thrown).anyMatch(known.fits()))
                        .findFirst()
                        .orElseGet(() -> brokeBecause(texts(thrown)));
        Failure failure =
                new Failure(
                        cause.code(),
                        cause.reason().replace("%s", where(hop)),
                        cause.remedy(),
                        cause.retry());
        return new HostException(
                failure, cause.retry() == Retry.POINTLESS ? NEEDS_A_PERSON : retryIn);
    }

    private static Cause brokeBecause(String text) {
        return waits(
                _ -> true,
                "connection-lost",
                "the connection to %s broke before the sign-in: " + text,
                "Look into the log of sshd there; it may limit connections (MaxStartups)");
    }

    private static Cause waits(
            Predicate<Throwable> fits, String code, String reason, String remedy) {
        return new Cause(fits, code, reason, remedy, Retry.WORTHWHILE);
    }

    private static Predicate<Throwable> is(Class<? extends Throwable> type) {
        return type::isInstance;
    }

    private static Predicate<Throwable> says(String text) {
        return thrown ->
                thrown.getMessage() != null
                        && thrown.getMessage().toLowerCase(Locale.ROOT).contains(text);
    }

    /** The host did not let us in. */
    HostException signingIn(Target hop, IOException thrown, String banner) {
        String where = where(hop);
        if (thrown instanceof SignIn.UnusableCredentials) {
            return pointless(
                    "credentials-unusable",
                    "credentials for " + where + ": " + thrown.getMessage(),
                    "Correct the credentials of the host");
        }
        String text = texts(thrown) + " " + banner.toLowerCase(Locale.ROOT);
        if (NOT_UP_YET.stream().anyMatch(text::contains)) {
            return new HostException(
                    new Failure(
                            "host-booting",
                            where
                                    + " does not let users in yet, or any more: it is starting or"
                                    + " going down",
                            "Wait until it is up",
                            Retry.WORTHWHILE),
                    BOOTING);
        }
        if (caused(thrown, UserAuthException.class::isInstance) && text.contains("exhausted")) {
            return pointless(
                    "sign-in-refused",
                    where + " does not accept " + credentials(hop) + " for user " + hop.user(),
                    "Check user and credentials, and authorized_keys on the host");
        }
        return waits(
                "connection-lost",
                "the connection to " + where + " broke during the sign-in: " + texts(thrown),
                "Look into the log of sshd there");
    }

    /** The connection broke in mid-work; the target goes on with what it has. */
    HostException cut(Target target, Throwable thrown) {
        return new HostException(
                new Failure(
                        "connection-lost",
                        "the connection to " + where(target) + " broke: " + texts(thrown),
                        "None: the host goes on with what it has, and is asked for it again",
                        Retry.WORTHWHILE),
                Duration.ofSeconds(1));
    }

    /** The same, unless the daemon stops. */
    HostException interruptedOrCut(Target target, Throwable thrown) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted; the target goes on with what it has");
        }
        return cut(target, thrown);
    }

    /** Nothing can be stored there. */
    HostException full(Target target) {
        return waits(
                "disk-full",
                "the disk of " + where(target) + " is full: not even the steps can be stored",
                "Free space on the host");
    }

    /** Signed in, but not root. */
    HostException becoming(Target target, String said) {
        String method = target.become().method().name().toLowerCase(Locale.ROOT);
        return pointless(
                "become-refused",
                method
                        + " on "
                        + where(target)
                        + " refuses user "
                        + target.user()
                        + (said.isBlank() ? "" : ": " + lastLine(said)),
                "Allow the user to become root there, with the password given or without one");
    }

    /** Something that passes, with a reason of its own. */
    HostException waits(String code, String reason, String remedy) {
        return new HostException(new Failure(code, reason, remedy, Retry.WORTHWHILE), retryIn);
    }

    /** Something that only a person can change. */
    HostException pointless(String code, String reason, String remedy) {
        return new HostException(
                new Failure(code, reason, remedy, Retry.POINTLESS), NEEDS_A_PERSON);
    }

    HostException wrongKey(Target hop, String shown) {
        return new HostException(new Trouble.WrongKey(hop.host(), shown));
    }

    static String where(Target target) {
        return target.host() + " (" + target.address() + " port " + target.port() + ")";
    }

    static String lastLine(String text) {
        List<String> lines = text.strip().lines().filter(Predicate.not(String::isBlank)).toList();
        String last = lines.isEmpty() ? "" : lines.getLast().strip();
        return last.length() > 300 ? last.substring(0, 300) + "..." : last;
    }

    private static String credentials(Target hop) {
        return switch (hop.credentials()) {
            case Target.Credentials.PrivateKey key -> "the key " + key.file();
            case Target.Credentials.SecretKey key -> "the key in secret " + key.secret();
            case Target.Credentials.Agent _ -> "any key of the SSH agent";
            case Target.Credentials.Password password ->
                    "the password in secret " + password.secret();
        };
    }

    private static boolean caused(Throwable thrown, Predicate<Throwable> kind) {
        return causes(thrown).anyMatch(kind);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(10);
    }

    private static String texts(Throwable thrown) {
        return causes(thrown)
                .map(
                        cause ->
                                Optional.ofNullable(cause.getMessage())
                                        .orElse(cause.getClass().getSimpleName()))
                .distinct()
                .reduce((one, next) -> one.contains(next) ? one : one + ": " + next)
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }
}

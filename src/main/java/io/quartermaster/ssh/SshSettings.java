package io.quartermaster.ssh;

import java.time.Duration;

/**
 * Limits and pauses of the executor.
 *
 * @param stateDirectory where a target keeps locks, fence, journal and results when the steps are
 *     executed as root; letters, digits and {@code / . _ -} only
 * @param homeStateDirectory the same below the home directory, for targets where nobody becomes
 *     root
 * @param connectTimeout for one TCP connection
 * @param signInTimeout from the connection to the end of the sign-in, for each hop
 * @param keepAlive pause between two signs of life asked of a host
 * @param silence a host that says nothing for so long is gone
 * @param retryUnreachable when to look again at a host that could not be reached
 * @param maxConnections open at once, over all hosts
 * @param maxPerBastion open at once through one bastion
 */
public record SshSettings(
        String stateDirectory,
        String homeStateDirectory,
        Duration connectTimeout,
        Duration signInTimeout,
        Duration keepAlive,
        Duration silence,
        Duration retryUnreachable,
        int maxConnections,
        int maxPerBastion) {

    /** What holds unless it is set. */
    public static final SshSettings DEFAULTS =
            new SshSettings(
                    "/var/lib/quartermaster",
                    ".quartermaster",
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    1000,
                    50);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when one makes no sense
     */
    public SshSettings {
        requirePlain(stateDirectory);
        requirePlain(homeStateDirectory);
        if (maxConnections < 1 || maxPerBastion < 1) {
            throw new IllegalArgumentException(
                    "limits of connections must be at least 1, are "
                            + maxConnections
                            + " in all and "
                            + maxPerBastion
                            + " per bastion");
        }
        if (silence.compareTo(keepAlive) <= 0) {
            throw new IllegalArgumentException(
                    "silence ("
                            + silence
                            + ") must be longer than the pause of keepAlive ("
                            + keepAlive
                            + ")");
        }
    }

    private static void requirePlain(String path) {
        if (!path.matches("[A-Za-z0-9/._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "a state directory may have letters, digits and / . _ -, is " + path);
        }
    }

    /** The same with other state directories: for hosts that are directories of one machine. */
    public SshSettings withStateDirectories(String asRoot, String belowHome) {
        return new SshSettings(
                asRoot,
                belowHome,
                connectTimeout,
                signInTimeout,
                keepAlive,
                silence,
                retryUnreachable,
                maxConnections,
                maxPerBastion);
    }
}

package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Become.Method;
import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Real hosts with OpenSSH, sudo and systemd, made by the {@code fleet} tool, which can also do them
 * harm.
 */
final class Fleet {
    private static final String SETTING = "QUARTERMASTER_FLEET";
    private static final Path BESIDE = Path.of("..", "shared", "tools", "fleet");
    private static final Path BUILT = Path.of("/var/cache/fleet");
    private static final String NET = "81";

    private final Path tool;
    private final Path directory;

    private Fleet(Path tool, Path directory) {
        this.tool = tool;
        this.directory = directory;
    }

    /** Brings hosts up; the test is skipped where that is not possible. */
    static Fleet up(int hosts, Path directory) throws IOException, InterruptedException {
        String set = System.getenv(SETTING);
        boolean there = set != null || Files.isExecutable(BESIDE) && Files.isDirectory(BUILT);
        assumeTrue(
                there,
                SETTING
                        + " names no fleet tool, and there is none with a base tree beside this project");
        assumeTrue(System.getProperty("user.name").equals("root"), "fleet needs root");
        Fleet fleet = new Fleet(set == null ? BESIDE.toRealPath() : Path.of(set), directory);
        fleet.run("up", Integer.toString(hosts), "--net", NET, "--init", "systemd");
        return fleet;
    }

    /** Calls the tool: {@code stop h001}. */
    String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLEET_DIR", directory.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + said);
        return said;
    }

    /** What a command prints on a host. */
    String on(int host, String command) throws IOException, InterruptedException {
        return run("exec", name(host), "sh", "-c", command);
    }

    /** A host, signed in to as who may become root without a password. */
    Target target(int host) throws IOException {
        return target(host, "deploy", new Credentials.PrivateKey("id_ed25519", null, null), null);
    }

    /** A host, signed in to with a password, where sudo asks for one. */
    Target withPassword(int host, String sudoSecret) throws IOException {
        return target(host, "oper", new Credentials.Password("oper"), sudoSecret);
    }

    private Target target(int host, String user, Credentials credentials, String sudoSecret)
            throws IOException {
        String address = "10." + NET + ".1." + host;
        List<String> pins =
                Files.readAllLines(directory.resolve("known_hosts")).stream()
                        .filter(
                                line ->
                                        line.matches(
                                                "(.*,)?" + address.replace(".", "\\.") + "[, ].*"))
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList();
        Become become = new Become(Method.SUDO, sudoSecret);
        return new Target(name(host), address, 22, user, become, credentials, pins, null);
    }

    /** An executor that knows the fleet's keys and passwords. */
    SshExecutor executor(Path... sources) {
        List<Path> directories = new ArrayList<>(List.of(sources));
        directories.add(directory);
        return new SshExecutor(
                SshSettings.DEFAULTS,
                name ->
                        switch (name) {
                            case "oper" -> Optional.of("fleet-oper".toCharArray());
                            case "wrong" -> Optional.of("guess".toCharArray());
                            default -> Optional.empty();
                        },
                new AllowedDirectories(directories),
                null);
    }

    static String name(int host) {
        return "h%03d".formatted(host);
    }
}

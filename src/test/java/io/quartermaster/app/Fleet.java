package io.quartermaster.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Real SSH hosts on a network of their own, where the tool that makes them is at hand. */
public final class Fleet implements AutoCloseable {

    private static final Path TOOL =
            Path.of("..", "shared", "tools", "fleet").toAbsolutePath().normalize();

    private final Path directory;

    private Fleet(Path directory) {
        this.directory = directory;
    }

    /** Whether hosts can be made here. */
    public static boolean isHere() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(TOOL);
    }

    /** Starts so many hosts; skips the test where there is no tool for it. */
    public static Fleet up(int hosts, Path directory, int net, String... options)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                isHere(), "needs root and the fleet tool beside the project, in ../shared/tools");
        Fleet fleet = new Fleet(directory);
        List<String> words = new ArrayList<>(List.of(Integer.toString(hosts)));
        words.addAll(List.of("--net", Integer.toString(net)));
        words.addAll(List.of(options));
        fleet.call("up", words.toArray(String[]::new));
        return fleet;
    }

    /** What {@code fleet} says to a subcommand. */
    public String call(String subcommand, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(TOOL.toString(), subcommand));
        words.addAll(List.of("--dir", directory.toString()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("fleet " + subcommand + " failed: " + said);
        }
        return said;
    }

    /** What a command prints on a host. */
    String on(String host, String command) throws IOException, InterruptedException {
        return call("exec", host, "sh", "-c", command);
    }

    public static String name(int number) {
        return "h%03d".formatted(number);
    }

    public Path keys() {
        return directory;
    }

    /** An inventory of the hosts, whose steps are executed as root. */
    public Path inventory() throws IOException, InterruptedException {
        String text =
                call("inventory")
                        .lines()
                        .filter(line -> !line.startsWith("ansible_ssh_common_args"))
                        .reduce("", (all, line) -> all + line + "\n");
        Path file = directory.resolve("inventory.ini");
        Files.writeString(file, text + "ansible_become=true\n");
        return file;
    }

    @Override
    public void close() throws IOException {
        try {
            call("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

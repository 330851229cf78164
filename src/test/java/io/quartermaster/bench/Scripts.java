package io.quartermaster.bench;

import io.quartermaster.app.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The bare limit: one script, sent to all hosts at once by parallel-ssh. */
final class Scripts implements Contender {
    private static final Path SCRIPT = Path.of("src", "test", "resources", "bench", "ten-steps.sh");
    private static final String SSH = "-F %s/ssh_config -o KexAlgorithms=curve25519-sha256";
    private static final String AT_ONCE = "32";
    private final Fleet fleet;
    private final int hosts;
    private final Path names;

    Scripts(Fleet fleet, int hosts) throws IOException {
        this.fleet = fleet;
        this.hosts = hosts;
        names = fleet.keys().resolve("names");
        Files.write(names, IntStream.rangeClosed(1, hosts).mapToObj(Fleet::name).toList());
    }

    @Override
    public Effort first() throws Exception {
        return run("changed=10");
    }

    @Override
    public Effort second() throws Exception {
        return run("changed=0");
    }

    private Effort run(String expected) throws Exception {
        var ssh = SSH.formatted(fleet.keys());
        var words = List.of("parallel-ssh", "-x", ssh, "-h", names.toString(), "-p", AT_ONCE);
        var remote = List.of("-t", "0", "-i", "-I", "sudo sh -s");
        var call = "exec \"$@\" < " + SCRIPT;
        var command = new ArrayList<>(List.of("sh", "-c", call, "sh"));
        command.addAll(words);
        command.addAll(remote);
        var done = Programs.run(command, Map.of());
        long fine = done.said().lines().filter(expected::equals).count();
        if (fine != hosts) throw new IOException(fine + " hosts of " + hosts + ":\n" + done.said());
        return new Effort(done.took(), done.cpu());
    }
}

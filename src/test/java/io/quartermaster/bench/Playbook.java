package io.quartermaster.bench;

import io.quartermaster.app.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The same steps as a playbook, with as many forks as hosts, and pipelining. */
final class Playbook implements Contender {
    private static final Path PLAYBOOK =
            Path.of("src", "test", "resources", "bench", "ten-steps.yml");
    private final Fleet fleet;
    private final int hosts;
    private final Path inventory;

    Playbook(Fleet fleet, int hosts) throws IOException, InterruptedException {
        this.fleet = fleet;
        this.hosts = hosts;
        inventory = fleet.keys().resolve("ansible.ini");
        Files.writeString(inventory, fleet.call("inventory"));
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
        var settings =
                Map.of(
                        "ANSIBLE_PIPELINING",
                        "1",
                        "ANSIBLE_FORKS",
                        Integer.toString(hosts),
                        "ANSIBLE_NOCOLOR",
                        "1",
                        "ANSIBLE_LOCAL_TEMP",
                        fleet.keys().resolve("ansible").toString(),
                        "ANSIBLE_SSH_CONTROL_PATH_DIR",
                        fleet.keys().resolve("cp").toString(),
                        "ANSIBLE_SSH_ARGS",
                        "-C -o ControlMaster=auto -o ControlPersist=60s"
                                + " -o KexAlgorithms=curve25519-sha256");
        var command = List.of("ansible-playbook", "-i", inventory.toString(), PLAYBOOK.toString());
        var done = Programs.run(command, settings);
        long fine =
                done.said()
                        .lines()
                        .filter(line -> line.contains("ok=10 ") && line.contains(" failed=0 "))
                        .filter(line -> line.contains(" " + expected + " "))
                        .count();
        if (fine != hosts) throw new IOException(fine + " hosts of " + hosts + ":\n" + done.said());
        return new Effort(done.took(), done.cpu());
    }
}

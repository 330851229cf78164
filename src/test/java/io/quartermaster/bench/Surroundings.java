package io.quartermaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What has to be known about a machine to read its numbers. */
final class Surroundings {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Surroundings() {}

    static String describe() throws IOException, InterruptedException {
        var facts = new ArrayList<String>();
        facts.add(Runtime.getRuntime().availableProcessors() + " cores");
        facts.add(System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.add("Java " + Runtime.version());
        for (var program : List.of("pgbench", "ansible-playbook", "parallel-ssh")) {
            facts.add(program + ": " + Programs.version(program).orElse("not installed"));
        }
        if (Files.isReadable(LOAD)) facts.add("load at the start: " + load());
        return String.join(" · ", facts);
    }

    private static String load() throws IOException {
        var words = Files.readString(LOAD).split(" ");
        return words[0] + " (1 min), " + words[1] + " (5 min)";
    }
}

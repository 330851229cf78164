package io.quartermaster.bench;

import io.quartermaster.app.Fleet;
import io.quartermaster.bench.Contender.Effort;
import io.quartermaster.bench.Floor.AtLeast;
import io.quartermaster.bench.Floor.AtMost;
import io.quartermaster.bench.Floor.None;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ten steps on fifty real SSH hosts, by us and by what people use. */
final class ProvisioningBench {
    private static final int HOSTS = Integer.getInteger("bench.hosts", 50);
    private static final int NET = 82;

    /** A playbook takes minutes. */
    private static final int PLAYBOOKS = 1;

    private final Table table;
    private final Path folder;
    private final int rounds;
    private final Efforts ours = new Efforts();
    private final Efforts scripts = new Efforts();
    private final Efforts playbooks = new Efforts();
    private final List<Double> cold = new ArrayList<>();
    private final List<Double> heap = new ArrayList<>();

    ProvisioningBench(Table table, Path folder, int rounds) {
        this.table = table;
        this.folder = folder;
        this.rounds = rounds;
    }

    private record Efforts(List<Effort> first, List<Effort> second) {
        Efforts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void of(Contender contender) throws Exception {
            first.add(contender.first());
            second.add(contender.second());
        }

        static List<Double> seconds(List<Effort> efforts) {
            return efforts.stream().map(Effort::seconds).toList();
        }

        static List<Double> cpu(List<Effort> efforts) {
            return efforts.stream().map(effort -> effort.cpuMillis(HOSTS)).toList();
        }
    }

    void run() throws Exception {
        if (!Fleet.isHere()) {
            table.skipped("provisioning", "needs root and the fleet tool in ../shared/tools");
            return;
        }
        boolean pssh = Programs.version("parallel-ssh").isPresent();
        boolean ansible = Programs.version("ansible-playbook").isPresent();
        for (int round = 0; round < rounds; round++) {
            daemon(round);
            if (pssh) with(fleet -> scripts.of(new Scripts(fleet, HOSTS)));
            if (ansible && round < PLAYBOOKS) {
                Bench.say("ansible-playbook: takes minutes");
                with(fleet -> playbooks.of(new Playbook(fleet, HOSTS)));
            }
        }
        if (ansible) againstPlaybook();
        else table.skipped("against ansible-playbook", "install ansible");
        if (pssh) againstScript();
        else table.skipped("against the bare script", "install pssh");
        table.skipped("against mitogen_linear", "not in Debian, not reachable here");
        table.absolute("first run of a daemon just started, s", new Sample(cold), new None());
        table.absolute(
                "heap in use, peak, " + HOSTS + " hosts in flight, MB",
                new Sample(heap),
                new AtMost(512));
    }

    private void daemon(int round) throws Exception {
        Bench.say("provisioning, round " + (round + 1) + " of " + rounds);
        try (var fleet = up(2 * HOSTS);
                var daemon = new WholeDaemon(fleet, HOSTS, folder.resolve("daemon-" + round))) {
            ours.of(daemon);
            cold.add(daemon.cold().seconds());
            heap.add(daemon.heapPeak());
        }
    }

    private interface Work {
        void on(Fleet fleet) throws Exception;
    }

    private void with(Work work) throws Exception {
        try (var fleet = up(HOSTS)) {
            work.on(fleet);
        }
    }

    private Fleet up(int hosts) throws Exception {
        return Fleet.up(hosts, folder.resolve("fleet"), NET, "--packages", "python3,python3-apt");
    }

    private void againstPlaybook() {
        compare(" (peer: ansible-playbook, one round)", playbooks, new AtLeast(25));
        table.compare(
                "CPU per host, ms (peer: ansible-playbook, one round)",
                Efforts.cpu(ours.first().subList(0, playbooks.first().size())),
                Efforts.cpu(playbooks.first()),
                new AtMost(0.1));
    }

    private void compare(String peer, Efforts theirs, Floor floor) {
        int count = theirs.first().size();
        table.faster(
                "first run, %d hosts, s%s".formatted(HOSTS, peer),
                Efforts.seconds(ours.first().subList(0, count)),
                Efforts.seconds(theirs.first()),
                floor);
        table.faster(
                "second run, nothing to change, s" + peer,
                Efforts.seconds(ours.second().subList(0, count)),
                Efforts.seconds(theirs.second()),
                floor);
    }

    /** Within 1.5 times of it. */
    private void againstScript() {
        compare(" (peer: bare script, parallel-ssh)", scripts, new AtLeast(1 / 1.5));
    }
}

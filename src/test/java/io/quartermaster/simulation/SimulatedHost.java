package io.quartermaster.simulation;

import io.quartermaster.simulation.RunFolder.Result;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Step;
import io.quartermaster.step.Work;
import io.quartermaster.step.Work.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host with what the target's runner keeps on its disk: the newest fence seen, and for each run
 * its claim, its results, and who works. Works on by itself while nobody looks.
 */
final class SimulatedHost {

    final String name;
    final Map<String, String> files = new TreeMap<>();
    final Set<Flaw> flaws;
    private final Map<String, RunFolder> folders = new HashMap<>();
    private final Nature nature;
    private final Witness witness;
    private @Nullable Worker worker;
    private long fence;
    private int boots = 1;
    private int keys = 1;
    private int connections;
    private Instant now = Instant.MIN;
    private Instant awayUntil = Instant.MIN;
    private boolean full;

    /** Who sees every change to the host, wherever it comes from. */
    interface Witness {
        void applying(SimulatedHost host, Applied applied);
    }

    /**
     * A step begins to change something.
     *
     * @param claim fence of the claim under which it does
     * @param newest the newest fence that the host has seen
     * @param deaths how often the host died while it did this before
     */
    record Applied(String machine, int run, String id, long claim, long newest, int deaths) {}

    SimulatedHost(String name, Set<Flaw> flaws, Nature nature, Witness witness) {
        this.name = name;
        this.flaws = flaws;
        this.nature = nature;
        this.witness = witness;
    }

    private static final class Worker {
        final String machine;
        final int run;
        final RunFolder folder;
        final List<Task> tasks;
        Instant free;
        int at;
        @Nullable Instant busyUntil;

        Worker(Work work, RunFolder folder, Instant now) {
            this.machine = work.machine();
            this.run = work.run();
            this.folder = folder;
            this.tasks = work.steps();
            this.free = now;
        }

        Task task() {
            return tasks.get(at);
        }
    }

    /** What came of a claim that was made here. */
    sealed interface Claimed {
        record Refused(long newest) implements Claimed {}

        record NoRoom() implements Claimed {}

        /** Somebody works on these steps: a worker just started, or one that was there. */
        record Working(boolean started) implements Claimed {}

        /** Somebody works on something else, and is told to stop by the newer fence. */
        record Busy() implements Claimed {}
    }

    static String id(Task task) {
        String undo = task.mode() == Work.Mode.UNDO ? "u" : "";
        return undo + task.index() + "." + task.attempt();
    }

    boolean is(Flaw flaw) {
        return flaws.contains(flaw);
    }

    String key() {
        return "ssh-ed25519 " + name + "/" + keys;
    }

    /** Counts up whenever connections are cut. */
    int connections() {
        return connections;
    }

    boolean answers() {
        return !now.isBefore(awayUntil);
    }

    Facts facts() {
        return new Facts(
                name,
                nature.os(),
                "1",
                "6",
                "x86_64",
                2,
                1L << 30,
                1L << 34,
                "boot-" + boots,
                List.of(),
                "apk",
                "openrc");
    }

    RunFolder folder(String machine, int run) {
        return folders.computeIfAbsent(machine + "/" + run, any -> new RunFolder());
    }

    Claimed claim(Work work) {
        if (work.fence() < fence && !is(Flaw.HOST_KNOWS_NO_FENCE)) {
            return new Claimed.Refused(fence);
        }
        if (full) {
            return new Claimed.NoRoom();
        }
        RunFolder folder = folder(work.machine(), work.run());
        boolean ours = worker != null && worker.folder == folder && sameRest(worker, work);
        if (worker == null || ours) {
            folder.claim = work.fence();
        }
        fence = Math.max(fence, work.fence());
        if (worker != null) {
            return ours ? new Claimed.Working(false) : new Claimed.Busy();
        }
        folder.stop = false;
        folder.kill = false;
        folder.results.values().removeIf(Result.PENDING::equals);
        if (is(Flaw.HOST_FORGETS_RESULTS)) {
            folder.results.clear();
        }
        worker = new Worker(work, folder, now);
        return new Claimed.Working(true);
    }

    private static boolean sameRest(Worker worker, Work work) {
        int from = worker.tasks.size() - work.steps().size();
        return from >= 0 && worker.tasks.subList(from, worker.tasks.size()).equals(work.steps());
    }

    boolean works(RunFolder folder) {
        return worker != null && worker.folder == folder;
    }

    boolean works() {
        return worker != null;
    }

    boolean fences(Work work) {
        return work.fence() < fence && !is(Flaw.HOST_KNOWS_NO_FENCE);
    }

    /** The power fails, or somebody reboots it: the disk stays, the work dies. */
    void goDown(Instant until) {
        if (worker != null && worker.busyUntil != null) {
            worker.folder.deaths.merge(id(worker.task()), 1, Integer::sum);
        }
        worker = null;
        boots++;
        cutOff(until);
    }

    /** The network fails; the host goes on with what it has. */
    void cutOff(Instant until) {
        connections++;
        awayUntil = until.isAfter(awayUntil) ? until : awayUntil;
    }

    void heal() {
        awayUntil = Instant.MIN;
        full = false;
        nature.heal();
    }

    void changeKey() {
        keys++;
        connections++;
    }

    void full(boolean nowFull) {
        full = nowFull;
    }

    /** Lets it work until then. */
    void advance(Instant to) {
        now = to;
        boolean more = worker != null;
        while (more) {
            more = step(worker, to) && worker != null;
        }
    }

    private boolean step(Worker doing, Instant to) {
        if (doing.busyUntil != null) {
            if (doing.folder.kill) {
                end(doing, Result.KILLED, to);
            } else if (doing.busyUntil.isAfter(to)) {
                return false;
            } else if (doing.task().step().step() instanceof Step.Reboot) {
                goDown(to.plus(nature.rebootTime()));
                return false;
            } else {
                end(doing, nature.outcome(this, doing.task(), full), doing.busyUntil);
            }
        }
        if (doing.at == doing.tasks.size()) {
            worker = null;
            return false;
        }
        Result known = doing.folder.results.get(id(doing.task()));
        if (known != null && known.passes()) {
            doing.at++;
            return true;
        }
        if (known != null && known != Result.PENDING || !mayGoOn(doing.folder)) {
            worker = null;
            return false;
        }
        return doing.free.isAfter(to) || begin(doing);
    }

    private boolean mayGoOn(RunFolder folder) {
        boolean newer = fence > folder.claim && !is(Flaw.HOST_KNOWS_NO_FENCE);
        return !newer && !folder.stop;
    }

    private void end(Worker doing, Result result, Instant at) {
        String id = id(doing.task());
        doing.busyUntil = null;
        doing.free = at;
        doing.folder.results.put(id, result);
        if (!result.passes()) {
            worker = null;
            doing.at = doing.tasks.size();
        }
    }

    /** Whether the next may be looked at: the step is done, or was begun and ends later. */
    private boolean begin(Worker doing) {
        Task task = doing.task();
        String id = id(task);
        RunFolder folder = doing.folder;
        int begun = folder.begun.merge(id, 1, Integer::sum);
        if (begun > 4) {
            end(doing, Result.LOST, doing.free);
            return true;
        }
        @Nullable Integer bootBefore = folder.bootOf.putIfAbsent(id, boots);
        boolean rebooted = bootBefore != null && bootBefore != boots;
        switch (nature.check(this, task, rebooted)) {
            case DONE -> {
                boolean wasReboot = task.step().step() instanceof Step.Reboot;
                end(doing, wasReboot ? Result.CHANGED : Result.UNCHANGED, doing.free);
            }
            case NOT_YET -> {
                folder.begun.remove(id);
                end(doing, Result.PENDING, doing.free);
            }
            case TO_DO -> {
                int deaths = folder.deaths.getOrDefault(id, 0);
                witness.applying(
                        this,
                        new Applied(doing.machine, doing.run, id, folder.claim, fence, deaths));
                doing.busyUntil = doing.free.plus(nature.duration(task));
            }
        }
        return true;
    }
}

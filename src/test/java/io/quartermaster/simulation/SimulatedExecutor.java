package io.quartermaster.simulation;

import io.quartermaster.simulation.RunFolder.Result;
import io.quartermaster.simulation.SimulatedHost.Claimed;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import io.quartermaster.step.Work.Task;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Speaks to simulated hosts as the one over SSH speaks to real ones; time passes meanwhile. */
final class SimulatedExecutor implements StepExecutor {

    private static final int PATIENCE = 60;

    private final Map<String, SimulatedHost> hosts;
    private final Awaits awaits;

    /** Lets time pass for a replica. */
    interface Awaits {

        /**
         * Returns after about so long, with everything done that others do meanwhile.
         *
         * @throws SimulatedCrash when the replica was killed
         * @throws InterruptedException when the machine's run was lost
         */
        void pass(String machine, Duration time) throws InterruptedException;
    }

    SimulatedExecutor(Map<String, SimulatedHost> hosts, Awaits awaits) {
        this.hosts = hosts;
        this.awaits = awaits;
    }

    @Override
    public End execute(Work work, Journal journal) throws InterruptedException {
        SimulatedHost host = host(work.target());
        Optional<String> wrongKey = connect(host, work.machine(), work.target(), journal);
        if (wrongKey.isPresent()) {
            return new End.KeyMismatch(host.name, wrongKey.get());
        }
        if (!host.answers()) {
            return unreachable(host);
        }
        return new Following(host, work, journal).follow();
    }

    @Override
    public Inspection inspect(Target target, Journal journal) throws InterruptedException {
        SimulatedHost host = host(target);
        Optional<String> wrongKey = connect(host, "", target, journal);
        if (wrongKey.isPresent()) {
            return new Inspection.KeyMismatch(host.name, wrongKey.get());
        }
        return host.answers()
                ? new Inspection.Seen(host.facts())
                : new Inspection.Unreachable(failure("host-unreachable", host.name));
    }

    private SimulatedHost host(Target target) {
        SimulatedHost host = hosts.get(target.host());
        if (host == null) {
            throw new IllegalStateException("there is no host " + target.host());
        }
        return host;
    }

    /** The wrong key, when there is one. */
    private Optional<String> connect(
            SimulatedHost host, String machine, Target target, Journal journal)
            throws InterruptedException {
        awaits.pass(machine, Duration.ofMillis(300));
        if (!host.answers()) {
            return Optional.empty();
        }
        String shown = host.key();
        if (target.hostKeys().isEmpty()) {
            journal.firstContact(host.name, shown);
            awaits.pass(machine, Duration.ofMillis(100));
        } else if (!target.hostKeys().contains(shown)) {
            return Optional.of(shown);
        }
        return Optional.empty();
    }

    private static Failure failure(String code, String host) {
        return new Failure(code, "host " + host + ": " + code, "none needed", Retry.WORTHWHILE);
    }

    private static End unreachable(SimulatedHost host) {
        return new End.Unreachable(failure("host-unreachable", host.name), Duration.ZERO);
    }

    private static End later(SimulatedHost host, String code) {
        return new End.Unreachable(failure(code, host.name), Duration.ofSeconds(20));
    }

    /** One connection's view of one run. */
    private final class Following {

        private final SimulatedHost host;
        private final Work work;
        private final Journal journal;
        private final RunFolder folder;
        private final int connection;
        private boolean started;
        private int naps;

        Following(SimulatedHost host, Work work, Journal journal) {
            this.host = host;
            this.work = work;
            this.journal = journal;
            this.folder = host.folder(work.machine(), work.run());
            this.connection = host.connections();
        }

        End follow() throws InterruptedException {
            journal.sending(work.steps().getFirst().index(), work.steps().getLast().index());
            Optional<End> end = claim();
            for (Task task : work.steps()) {
                while (end.isEmpty() && !folder.results.containsKey(SimulatedHost.id(task))) {
                    end = look();
                }
                if (end.isEmpty()) {
                    end = report(task, folder.results.get(SimulatedHost.id(task)));
                }
            }
            return end.orElseGet(End.Completed::new);
        }

        private Optional<End> claim() {
            if (!connected()) {
                return Optional.of(unreachable(host));
            }
            return switch (host.claim(work)) {
                case Claimed.Refused(long newest) -> Optional.of(new End.Fenced(newest));
                case Claimed.NoRoom() -> Optional.of(later(host, "disk-full"));
                case Claimed.Working(boolean now) -> {
                    started |= now;
                    yield Optional.empty();
                }
                case Claimed.Busy() -> Optional.empty();
            };
        }

        private boolean connected() {
            return host.answers() && host.connections() == connection;
        }

        /** Waits a little, and looks what there is when there is no result. */
        private Optional<End> look() throws InterruptedException {
            awaits.pass(work.machine(), Duration.ofMillis(500));
            if (!connected()) {
                return Optional.of(unreachable(host));
            }
            pass(journal.wish());
            if (host.fences(work)) {
                return Optional.of(new End.Fenced(0));
            }
            if (host.works()) {
                boolean ours = host.works(folder);
                return ours || naps++ < PATIENCE
                        ? Optional.empty()
                        : Optional.of(later(host, "host-busy"));
            }
            if (work.steps().stream().allMatch(this::isSettled)) {
                return Optional.empty();
            }
            if (folder.stop) {
                return Optional.of(new End.Cancelled(work.steps().getFirst().index()));
            }
            return started ? afterTheEnd() : claim();
        }

        /** Our worker is gone; what it left behind says how far it came. */
        private Optional<End> afterTheEnd() {
            boolean over =
                    work.steps().stream()
                            .map(task -> folder.results.get(SimulatedHost.id(task)))
                            .anyMatch(result -> result != null && !result.passes());
            return over ? Optional.empty() : Optional.of(later(host, "worker-lost"));
        }

        private boolean isSettled(Task task) {
            return folder.results.containsKey(SimulatedHost.id(task));
        }

        private void pass(Wish wish) {
            folder.stop |= wish != Wish.GO_ON;
            folder.kill |= wish == Wish.KILL;
        }

        /** What was seen is reported, even if a newer claim has begun it again by then. */
        private Optional<End> report(Task task, Result found) throws InterruptedException {
            awaits.pass(work.machine(), Duration.ofMillis(20));
            if (!connected()) {
                return Optional.of(unreachable(host));
            }
            StepResult result = result(found, task);
            journal.started(task.index(), task.attempt());
            journal.output(task.index(), "output of " + task.step().name());
            journal.finished(task.index(), task.attempt(), result, Duration.ofMillis(900));
            if (found.passes()) {
                return Optional.empty();
            }
            return Optional.of(
                    found == Result.KILLED
                            ? new End.Cancelled(task.index())
                            : new End.Stopped(task.index(), result));
        }

        private StepResult result(Result found, Task task) {
            return switch (found) {
                case UNCHANGED -> new StepResult.Unchanged();
                case CHANGED -> new StepResult.Changed();
                case PENDING -> new StepResult.Pending(Duration.ofSeconds(3), "not yet");
                case HOPELESS ->
                        new StepResult.Failed(
                                new Failure(
                                        "hopeless", "it cannot be", "give it up", Retry.POINTLESS));
                case BUSY, NOT_THERE, KILLED, LOST ->
                        new StepResult.Failed(failure(found.name(), task.step().name()));
            };
        }
    }
}

package io.quartermaster.simulation;

import io.quartermaster.simulation.RunFolder.Result;
import io.quartermaster.step.Step;
import io.quartermaster.step.Work;
import io.quartermaster.step.Work.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What steps do on a host, and what goes wrong with them there. */
final class Nature {

    private final RandomGenerator random;
    private final String os;
    private double trouble;
    private final int slowness;
    private final Map<String, Mood> moods = new HashMap<>();

    /** What a step finds on this host. */
    enum Finding {
        DONE,
        TO_DO,
        NOT_YET
    }

    /** What goes wrong with a step, so many times, or for ever. */
    private static final class Mood {
        int busy;
        int lies;
        int notYet;
        boolean hopeless;
    }

    /**
     * @param trouble how likely a step has any, 0 to 1
     */
    Nature(RandomGenerator random, double trouble) {
        this.random = random;
        this.trouble = trouble;
        this.os = random.nextInt(3) == 0 ? "alpine" : "debian";
        this.slowness = 1 + random.nextInt(10);
    }

    String os() {
        return os;
    }

    private Mood mood(Task task) {
        return moods.computeIfAbsent(task.mode() + task.step().name(), any -> newMood());
    }

    private Mood newMood() {
        Mood mood = new Mood();
        if (random.nextDouble() < trouble) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> mood.busy = 1 + random.nextInt(5);
                case 3, 4 -> mood.lies = 1 + random.nextInt(4);
                case 5, 6 -> mood.notYet = 1 + random.nextInt(4);
                default -> mood.hopeless = true;
            }
        }
        return mood;
    }

    /** What heals by itself; what is hopeless stays so half the time. */
    void heal() {
        trouble = 0;
        for (Mood mood : moods.values()) {
            mood.busy = 0;
            mood.lies = 0;
            mood.notYet = 0;
            mood.hopeless &= random.nextBoolean();
        }
    }

    Finding check(SimulatedHost host, Task task, boolean rebooted) {
        Mood mood = mood(task);
        if (mood.notYet > 0) {
            mood.notYet--;
            return Finding.NOT_YET;
        }
        boolean done =
                switch (task.step().step()) {
                    case Step.File file when task.mode() == Work.Mode.UNDO ->
                            !host.files.containsKey(file.path());
                    case Step.File file ->
                            String.valueOf(file.content()).equals(host.files.get(file.path()));
                    case Step.Reboot reboot -> rebooted;
                    case Step.Command command -> command.check() != null;
                    default -> throw new IllegalStateException("no simulation of " + task.step());
                };
        return done ? Finding.DONE : Finding.TO_DO;
    }

    /** Does what the step does, if it does it. */
    Result outcome(SimulatedHost host, Task task, boolean full) {
        Mood mood = mood(task);
        if (mood.hopeless) {
            return Result.HOPELESS;
        }
        if (full || mood.busy > 0) {
            mood.busy--;
            return Result.BUSY;
        }
        if (mood.lies > 0) {
            mood.lies--;
            return host.is(Flaw.HOST_DOES_NOT_VERIFY) ? Result.CHANGED : Result.NOT_THERE;
        }
        if (task.step().step() instanceof Step.File file) {
            switch (task.mode()) {
                case APPLY -> host.files.put(file.path(), String.valueOf(file.content()));
                case UNDO -> host.files.remove(file.path());
            }
        }
        return Result.CHANGED;
    }

    Duration duration(Task task) {
        int seconds = task.step().step() instanceof Step.Reboot ? 1 : slowness;
        return Duration.ofMillis(200 + random.nextInt(1_000 * seconds));
    }

    Duration rebootTime() {
        return Duration.ofSeconds(5 + random.nextInt(60));
    }
}

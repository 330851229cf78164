package io.quartermaster.ssh;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.ShellWord;
import io.quartermaster.step.Work;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one text that a target gets: who claims it, the runner, and the steps. Its last line starts
 * everything, so a text that was cut on the way does nothing.
 *
 * @param steps consecutive steps, in order
 * @param changed names of the run's earlier steps that changed something
 * @param nonce begins the records
 * @param wish what is wished already: unless it is to go on, no further step is begun
 */
record Bundle(
        Work work,
        List<Segment.Prepared> steps,
        Collection<String> changed,
        String nonce,
        Wish wish) {
    private static final int DIGEST_LENGTH = 32;

    /** The name of a step in the target's records. */
    static String id(Work.Task task) {
        return (task.mode() == Work.Mode.UNDO ? "u" : "") + task.index() + "." + task.attempt();
    }

    /** The whole text. */
    String text() {
        return assign("nonce", nonce)
                + assign("fence", Long.toString(work.fence()))
                + assign("machine", work.machine())
                + assign("run", Integer.toString(work.run()))
                + assign("wish", word(wish))
                + assign("steps", each(step -> id(step.task())))
                + assign("digests", each(Bundle::digest))
                + assign(
                        "changed",
                        changed.stream()
                                .sorted()
                                .map(name -> name + "\n")
                                .collect(Collectors.joining("", "\n", "")))
                + program()
                + steps.stream().map(Segment.Prepared::function).collect(Collectors.joining())
                + "main \"$@\" # end\n";
    }

    /** How the target's side names a wish. */
    static String word(Wish wish) {
        return switch (wish) {
            case GO_ON -> "";
            case STOP -> "stop";
            case KILL -> "kill";
        };
    }

    private String each(java.util.function.Function<Segment.Prepared, String> name) {
        return steps.stream().map(name).collect(Collectors.joining(" "));
    }

    private String program() {
        Stream<String> kinds =
                steps.stream().flatMap(step -> StepText.libraries(step.task()).stream()).distinct();
        return Stream.concat(Stream.of("runner", "claim", "follow", "work"), kinds)
                .map(Resources::sh)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * The definition of a step: its limit in hundredths of a second, as the runner counts, its
     * name, and what it is.
     */
    static String function(Work.Task task, StepText texts) throws StepText.InvalidStep {
        int index = task.index();
        long limit = Math.max(1, task.step().timeout().toMillis() / 10);
        return "limit_of_"
                + index
                + "="
                + limit
                + "\n"
                + assign("name_of_" + index, task.step().name())
                + "step_"
                + index
                + "() {\n"
                + texts.assignments(task)
                + "}\n";
    }

    private static String digest(Segment.Prepared step) {
        return id(step.task()) + ":" + Hashes.sha256(step.function()).substring(0, DIGEST_LENGTH);
    }

    /** {@code name='value'} and the end of the line. */
    static String assign(String name, String value) {
        return name + "=" + ShellWord.quote(value) + "\n";
    }
}

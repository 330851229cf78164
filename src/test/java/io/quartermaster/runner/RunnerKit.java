package io.quartermaster.runner;

import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.MemoryLeases;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.Samples;
import io.quartermaster.step.Journal;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One machine on one host, a log in memory, a clock that is set by hand, a scripted far side. */
final class RunnerKit {

    static final String MACHINE = "web-1";
    private static final StreamId STREAM = new StreamId(MachineDecider.STREAM, MACHINE);
    private static final StreamId HOST = new StreamId(HostDecider.STREAM, "h1");

    final List<String> output = new ArrayList<>();
    Instant now = Samples.NOON;
    @Nullable Work seen;
    private final MemoryLog log = new MemoryLog(() -> now);
    private final Aggregates aggregates;
    private final Dispatcher dispatcher;
    private BiFunction<Work, Journal, End> script = (work, journal) -> new End.Completed();
    private long fence = 10;
    private int commands;

    RunnerKit(PlanStep... steps) {
        var rules = new Rules(List.of(new MachineDecider(), new HostDecider(), new PlanDecider()));
        aggregates = new Aggregates(rules, log);
        dispatcher = new Dispatcher(rules, aggregates, log);
        var plan = new PlanSpec(Map.of(), List.of(steps), Map.of());
        send(new StreamId(PlanDecider.STREAM, "base"), new PlanCommand.Revise(plan));
        toHost(new HostCommand.Enrol(Samples.host(), "inventory"));
        toHost(new HostCommand.RecordFacts(Samples.facts()));
        toMachine(new MachineCommand.Request(Samples.spec()));
        toHost(new HostCommand.Reserve(MACHINE));
        toMachine(new MachineCommand.Allocate("h1"));
    }

    static PlanStep step(String name, String apply) {
        return new PlanStep(
                name,
                new Step.Command(null, apply),
                null,
                Duration.ofMinutes(5),
                2,
                Duration.ofSeconds(4),
                null);
    }

    static PlanStep step(String name, String apply, @Nullable String when, @Nullable String undo) {
        PlanStep plain = step(name, apply);
        return new PlanStep(
                name, plain.step(), when, plain.timeout(), plain.retries(), plain.backoff(), undo);
    }

    private void send(StreamId stream, Object command) {
        dispatcher.send(
                new Order(stream, "acme", command), Ask.by("test", new UUID(0, ++commands)));
    }

    RunnerKit toMachine(MachineCommand command) {
        send(STREAM, command);
        return this;
    }

    RunnerKit toHost(HostCommand command) {
        send(HOST, command);
        return this;
    }

    /** What the far side does when it is given work. */
    RunnerKit script(BiFunction<Work, Journal, End> next) {
        script = next;
        return this;
    }

    /** Lets a runner take the machine's present run and do what it can. */
    RunnerKit perform() {
        seen = null;
        var run = new DueRun(MACHINE, live().runs(), "acme", "", "");
        var lease = new Lease("run/" + MACHINE, "r1", ++fence);
        try {
            new Execution(new Claim(run, lease, dispatcher, aggregates), tools()).perform();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return this;
    }

    /** A runner whose view never sees that the machine's first run is over. */
    Runner behind() {
        var run = new DueRun(MACHINE, 1, "acme", "", "");
        var ports =
                new Runner.Ports(
                        (limit, at) -> List.of(run),
                        new MemoryLeases(() -> now),
                        dispatcher,
                        aggregates,
                        log,
                        new Scripted(),
                        name -> Optional.empty(),
                        new Output(),
                        () -> now);
        return new Runner(ports, tools().settings());
    }

    private Execution.Tools tools() {
        return new Execution.Tools(
                new Scripted(),
                new Targets(aggregates),
                new Plans(log),
                name -> name.equals("token") ? Optional.of("s3cr3t") : Optional.empty(),
                new Output(),
                new RunnerSettings(
                        "r1", 9, 9, 9, 9, Duration.ofSeconds(30), Duration.ofMinutes(30)),
                () -> now);
    }

    Machine.Live live() {
        return (Machine.Live) aggregates.load(STREAM, Machine.class).state();
    }

    /** Everything that happened to the machine. */
    List<MachineEvent> events() {
        List<MachineEvent> events = new ArrayList<>();
        for (Envelope<?> envelope : log.readStream(STREAM, 1, 1_000)) {
            events.add((MachineEvent) envelope.event());
        }
        return events;
    }

    /** The last that happened to the machine. */
    MachineEvent last() {
        return events().getLast();
    }

    /** The last that happened to the host. */
    Object lastOfHost() {
        return log.readStream(HOST, 1, 1_000).getLast().event();
    }

    /** Names of the steps that the far side was given, with their attempts. */
    List<String> given() {
        return seen == null
                ? List.of()
                : seen.steps().stream()
                        .map(task -> task.step().name() + "." + task.attempt())
                        .toList();
    }

    private final class Scripted implements StepExecutor {

        @Override
        public End execute(Work work, Journal journal) {
            seen = work;
            return script.apply(work, journal);
        }

        @Override
        public Inspection inspect(Target target, Journal journal) {
            return new Inspection.Seen(Samples.facts());
        }
    }

    private final class Output implements StepLog {

        @Override
        public void begin(String machine, int run, int index, int attempt) {
            output.add(index + "." + attempt + ":");
        }

        @Override
        public void append(String machine, int run, int index, String text) {
            output.add(text);
        }
    }
}

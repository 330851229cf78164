package io.quartermaster.runner;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepExecutor.Inspection;
import io.quartermaster.step.StepResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Looks at hosts: records their facts, pins the keys of first contacts, quarantines those that show
 * another key.
 */
public final class Inspector {

    private final Targets targets;
    private final Dispatcher dispatcher;
    private final StepExecutor executor;
    private final Supplier<UUID> ids;

    /**
     * @param ids gives each command its id
     */
    public Inspector(
            Aggregates aggregates,
            Dispatcher dispatcher,
            StepExecutor executor,
            Supplier<UUID> ids) {
        this.targets = new Targets(aggregates);
        this.dispatcher = dispatcher;
        this.executor = executor;
        this.ids = ids;
    }

    /**
     * Looks at one host and records what there is to record.
     *
     * @return why it could not be looked at, or empty
     */
    public Optional<Failure> inspect(String host) throws InterruptedException {
        try {
            return record(host, executor.inspect(targets.target(host), new Contacts()));
        } catch (Targets.NoWay none) {
            return Optional.of(none.failure());
        } catch (Rejected refused) {
            return Optional.of(overtaken(refused));
        }
    }

    /** The host was retired, or somebody else's first contact was first and saw another key. */
    private static Failure overtaken(Rejected refused) {
        return new Failure(
                refused.code(),
                String.valueOf(refused.getMessage()),
                "none: the next look sees what is so",
                Failure.Retry.WORTHWHILE);
    }

    private Optional<Failure> record(String host, Inspection inspection) {
        return switch (inspection) {
            case Inspection.Seen(var facts) -> {
                say(host, new HostCommand.RecordFacts(facts));
                yield Optional.empty();
            }
            case Inspection.Unreachable(Failure failure) -> Optional.of(failure);
            case Inspection.KeyMismatch(String shower, String shown) -> {
                String reason =
                        "host "
                                + shower
                                + " shows the key "
                                + shown
                                + ", which is not the pinned one";
                say(shower, new HostCommand.Quarantine("host-key-changed", reason));
                yield Optional.of(
                        new Failure(
                                "host-key-changed",
                                reason,
                                "find out why; if the host was re-imaged on purpose, forget its keys",
                                Failure.Retry.POINTLESS));
            }
        };
    }

    private void say(String host, HostCommand command) {
        dispatcher.send(
                new Order(new StreamId(HostDecider.STREAM, host), "", command),
                Ask.by("system:inspector", ids.get()));
    }

    /** An inspection has no steps; only first contacts can happen. */
    private final class Contacts implements Journal {

        @Override
        public void firstContact(String host, String key) {
            say(host, new HostCommand.PinKey(key));
        }

        @Override
        public Wish wish() {
            return Wish.GO_ON;
        }

        @Override
        public void sending(int first, int last) {
            throw noSteps();
        }

        @Override
        public void started(int index, int attempt) {
            throw noSteps();
        }

        @Override
        public void output(int index, String text) {
            throw noSteps();
        }

        @Override
        public void finished(int index, int attempt, StepResult result, Duration took) {
            throw noSteps();
        }

        private IllegalStateException noSteps() {
            return new IllegalStateException("an inspection executes no steps");
        }
    }
}

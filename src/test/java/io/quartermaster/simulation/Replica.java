package io.quartermaster.simulation;

import io.quartermaster.deployment.PlanAdoption;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.saga.Outbox;
import io.quartermaster.engine.saga.SagaHost;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.es.Saga;
import io.quartermaster.machine.HostAssignment;
import io.quartermaster.machine.Recovery;
import io.quartermaster.runner.DueRun;
import io.quartermaster.runner.Inspector;
import io.quartermaster.runner.Runner;
import io.quartermaster.runner.RunnerSettings;
import io.quartermaster.runner.StepLog;
import io.quartermaster.schedule.AllocationPass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One start of the daemon: the real parts on simulated ports, and what its threads do in turns. */
final class Replica {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Does some work if there is any, and says whether there was. */
    interface Actor {
        boolean act() throws InterruptedException;
    }

    final String name;
    final List<Actor> actors = new ArrayList<>();
    final Set<String> interrupted = new HashSet<>();
    private final World world;
    private final Leases leases;
    private final Runner runner;
    private final Inspector inspector;
    private final List<DueRun> claimed = new ArrayList<>();
    private Instant renewAt = Instant.MIN;
    private boolean dead;
    private boolean frozen;

    Replica(String name, World world) {
        this.name = name;
        this.world = world;
        Runnable await = () -> world.await(this, 1);
        EventLog log = Interposed.on(EventLog.class, world.log, await);
        leases = Interposed.on(Leases.class, world.leases, await);
        var aggregates = new Aggregates(world.rules, log);
        var dispatcher = new Dispatcher(world.rules, aggregates, log);
        var executor = new SimulatedExecutor(world.hosts, this::pass);
        inspector = new Inspector(aggregates, dispatcher, executor, world::id);
        var ports =
                new Runner.Ports(
                        this::due,
                        leases,
                        dispatcher,
                        aggregates,
                        log,
                        executor,
                        secret -> Optional.empty(),
                        new NoOutput(),
                        world);
        runner = new Runner(ports, new RunnerSettings(name, 3, 3, 3, 3, LEASE, PATIENCE));
        addSagas(log, aggregates);
        addOutbox(dispatcher);
        actors.add(() -> world.picture.read(log, 5) > 0);
        var allocation = new AllocationPass(world.picture, dispatcher, world::id);
        actors.add(() -> allocation.run() > 0);
        actors.add(this::inspect);
        actors.add(this::claim);
        actors.add(this::perform);
    }

    private void addSagas(EventLog log, Aggregates aggregates) {
        var store =
                Interposed.on(
                        SubscriptionStore.class, world.subscriptions, () -> world.await(this, 1));
        var host = new SagaHost(world.sagas);
        for (Saga<?> saga :
                List.of(
                        new HostAssignment(),
                        new Recovery(),
                        new RolloutSaga(),
                        new PlanAdoption())) {
            Subscription subscription = host.subscription(saga);
            var turn = new Turn("subscription/" + saga.name(), this, leases, world);
            var reader = new SagaReader(subscription, turn, log, store, world);
            actors.add(reader::poll);
        }
    }

    private void addOutbox(Dispatcher dispatcher) {
        SagaStore store =
                Interposed.on(SagaStore.class, world.sagaStore(), () -> world.await(this, 1));
        var outbox = new Outbox(store, dispatcher, world);
        var turn = new Turn("outbox", this, leases, world);
        actors.add(() -> turn.isOurs() && outbox.drain(Runnable::run) > 0);
    }

    boolean isDead() {
        return dead;
    }

    boolean isAwake() {
        return !dead && !frozen;
    }

    /** It is killed; whatever it is doing ends with the next thing it tries to do. */
    void die() {
        dead = true;
    }

    void freeze(boolean nowFrozen) {
        frozen = nowFrozen;
    }

    /** What the renewing thread does. */
    boolean renewed() {
        if (!world.instant().isBefore(renewAt)) {
            renewAt = world.instant().plus(LEASE.dividedBy(3));
            interrupted.addAll(runner.renew());
        }
        return false;
    }

    private List<DueRun> due(int limit, Instant now) {
        Set<String> taken =
                world.leases.held().stream()
                        .map(Lease::name)
                        .filter(lease -> lease.startsWith("run/"))
                        .map(lease -> lease.substring("run/".length()))
                        .collect(Collectors.toSet());
        return world.picture.due(limit, now, taken);
    }

    private boolean claim() {
        return !world.picture.isAtRest() && claimed.addAll(runner.claim());
    }

    private boolean perform() throws InterruptedException {
        if (claimed.isEmpty() || !world.mayNest()) {
            return false;
        }
        DueRun run = claimed.remove(world.random.nextInt(claimed.size()));
        try {
            runner.perform(run);
        } finally {
            interrupted.remove(run.machine());
        }
        return true;
    }

    private boolean inspect() throws InterruptedException {
        List<String> names = world.mayNest() ? world.picture.uninspected() : List.of();
        if (names.isEmpty()) {
            return false;
        }
        inspector.inspect(names.get(world.random.nextInt(names.size())));
        return true;
    }

    /** Time passes while it speaks to a host. */
    private void pass(String machine, Duration time) throws InterruptedException {
        world.pass(time);
        world.await(this, 3);
        if (interrupted.remove(machine)) {
            throw new InterruptedException("the run of " + machine + " was lost");
        }
    }

    private static final class NoOutput implements StepLog {
        @Override
        public void begin(String machine, int run, int index, int attempt) {}

        @Override
        public void append(String machine, int run, int index, String text) {}
    }
}

package io.quartermaster.view;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.deployment.Allocation;
import io.quartermaster.deployment.AttachedVolumes;
import io.quartermaster.deployment.ClosedTenant;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanAdoption;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.deployment.StorageQuota;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostAssignment;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.view.deployment.Classes;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.deployment.Plans;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.host.Inspections;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.machine.Runs;
import io.quartermaster.view.tenant.Tenants;
import io.quartermaster.view.volume.Volumes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A small world for tests of views: real rules and policies on the log in memory, the projections
 * on a real PostgreSQL, time that stands still until it is told to pass.
 */
public final class World implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    private static final UUID SEED = UUID.fromString("6f8d9c1e-0c5e-4f3a-9a38-53b2a1f0c001");

    public final Codec codec = Domain.codec();
    public final Json json = new Json(codec);
    public final DataSource source = TestPostgres.freshDatabase();
    private final Connection connection = connect(source);
    public final Database database = new Database(source, json).within(connection);
    public final List<Projection> projections = projections(json);
    public final Machines machines = new Machines(database);
    public final Runs runs = new Runs(database);
    public final Hosts hosts = new Hosts(database);
    public final Inspections inspections = new Inspections(database, json);
    public final Deployments deployments = new Deployments(database);
    public final Plans plans = new Plans(database);
    public final Classes classes = new Classes(database);
    public final Volumes volumes = new Volumes(database);
    public final Tenants tenants = new Tenants(database);

    private final Map<Saga<?>, Map<String, Object>> sagas = new HashMap<>();
    private final Rules rules = Domain.rules();
    private Instant now = START;
    public final MemoryLog log = new MemoryLog(() -> now);
    public final Aggregates aggregates = new Aggregates(rules, log);
    private final Dispatcher dispatcher = new Dispatcher(rules, aggregates, log);
    private long reacted;
    private long projected;
    private int commands;

    public World() {
        for (var saga :
                List.of(
                        new RolloutSaga(),
                        new PlanAdoption(),
                        new HostAssignment(),
                        new AttachedVolumes(),
                        new StorageQuota(),
                        new ClosedTenant())) {
            sagas.put(saga, new HashMap<>());
        }
        createTables(source, projections);
    }

    public static List<Projection> projections(Json json) {
        return Domain.projections(json);
    }

    public static void createTables(DataSource source, List<Projection> projections) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (var projection : projections) {
                for (var sql : projection.tables()) statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Instant now() {
        return now;
    }

    public World pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    public World host(String name, Map<String, String> labels) {
        return host(name, Samples.host(labels, null));
    }

    /** Enrols a host and looks at it. */
    public World host(String name, HostSpec spec) {
        send("host", name, new HostCommand.Enrol(spec, "hosts.yml"));
        return send("host", name, new HostCommand.RecordFacts(Samples.facts(name)));
    }

    public World machineClass(String name, Map<String, String> selector) {
        var spec = new MachineClass.Spec("inventory", selector, 0, Map.of());
        return send("machine-class", name, new MachineClass.Command.Define(spec));
    }

    public World plan(String name, String... steps) {
        return send("plan", name, new PlanCommand.Revise(Samples.plan(steps)));
    }

    public World deployment(String name, int replicas, String machineClass, String plan) {
        return deployment(name, Samples.deployment("acme", replicas, machineClass, plan));
    }

    public World deployment(String name, DeploymentSpec spec) {
        send("deployment", name, spec.tenant(), new DeploymentCommand.Apply(spec));
        var template = spec.template();
        send("plan", template.plan(), new PlanCommand.Subscribe(name));
        return send(
                "machine-class", template.machineClass(), new MachineClass.Command.Subscribe(name));
    }

    /** Puts every machine that waits on a host, as the scheduler does. */
    public World allocate() {
        var assigned = Allocation.assign(machines.waiting(1000), hosts.free(1000));
        assigned.forEach((machine, host) -> send("host", host, new HostCommand.Reserve(machine)));
        return this;
    }

    public World machine(String id, MachineCommand command) {
        return send("machine", id, command);
    }

    public World send(String type, String key, Object command) {
        return send(type, key, "", command);
    }

    /** Sends a command, lets the policies act on what follows, and brings the tables up to date. */
    public World send(String type, String key, String tenant, Object command) {
        dispatch(new StreamId(type, key), tenant, command);
        return settle();
    }

    /** Lets the policies act on all that happened, and brings the tables up to date. */
    public World settle() {
        react();
        project();
        return this;
    }

    /** Like {@link #send}, but a refusal is fine. */
    public boolean attempt(String type, String key, Object command) {
        try {
            send(type, key, command);
            return true;
        } catch (Rejected refused) {
            return false;
        }
    }

    private void dispatch(StreamId stream, String tenant, Object command) {
        var id = Ids.derive(SEED, "command " + commands++);
        dispatcher.send(new Order(stream, tenant, command), Ask.by("test", id));
    }

    private void react() {
        while (true) {
            var page = log.read(reacted, 100);
            if (page.isEmpty()) return;
            for (var envelope : page) {
                reacted = envelope.position();
                for (var saga : sagas.keySet()) react(saga, envelope);
            }
        }
    }

    @SuppressWarnings("unchecked") // the state came from this saga
    private <S> void react(Saga<S> saga, Envelope<?> envelope) {
        if (saga.listensTo().stream().noneMatch(root -> root.isInstance(envelope.event()))) return;
        Optional<String> key = saga.correlate(envelope);
        if (key.isEmpty()) return;
        var states = sagas.get(saga);
        var state = (S) states.getOrDefault(key.get(), saga.initial());
        var next = saga.evolve(state, envelope);
        states.put(key.get(), next);
        for (var effect : saga.react(next, envelope)) {
            if (effect instanceof Effect.Send(StreamId target, Object command, var at)) {
                try {
                    dispatch(target, envelope.tenant(), command);
                } catch (Rejected refused) {
                    // As the saga host does: an aggregate that a saga must hear answers by events.
                }
            }
        }
    }

    private void project() {
        projected = project(connection, projections, log.read(projected, 1_000_000), projected);
    }

    public static long project(
            Connection connection,
            List<Projection> projections,
            List<Envelope<?>> events,
            long from) {
        long position = from;
        try {
            connection.setAutoCommit(false);
            var tx = new SqlTx(connection);
            for (var envelope : events) {
                for (var projection : projections) {
                    boolean wanted =
                            projection.eventRoots().stream()
                                    .anyMatch(root -> root.isInstance(envelope.event()));
                    if (wanted) projection.apply(envelope, tx);
                }
                position = envelope.position();
            }
            tx.flush();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return position;
    }

    private static Connection connect(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package io.quartermaster.schedule.provider;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.app.Domain;
import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Kind;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.view.LabelSelector;
import io.quartermaster.view.Listing;
import io.quartermaster.view.World;
import io.quartermaster.view.host.HostRow;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.machine.MachineRow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A world with a class of pods, and a pass over it that may die after each thing that it does. */
final class ProviderKit implements AutoCloseable {
    static final Place PODS = new Place(Kind.POD, null, "shop");

    final World world = new World();
    final Provided provided = new Provided(world.database);
    final FakeCluster cluster = new FakeCluster(this::done);
    private final EventLog log = dying(world.log);
    private ProviderPass pass = newPass();
    private int untilDeath = Integer.MAX_VALUE;
    private long ids;

    /** Ends a pass, as the end of the process would. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    ProviderKit() {
        classOfPods("pods", null);
        world.plan("base", "a");
    }

    void classOfPods(String name, InstanceTemplate.@Nullable SignIn ssh) {
        var template = new InstanceTemplate(PODS, "{}", ssh);
        var spec = new MachineClass.Spec("kubernetes", Map.of(), 0, Map.of(), template);
        world.send(MachineClass.STREAM, name, new MachineClass.Command.Define(spec));
    }

    private EventLog dying(EventLog real) {
        return (EventLog)
                Proxy.newProxyInstance(
                        EventLog.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        (proxy, method, arguments) -> {
                            try {
                                var result = method.invoke(real, arguments);
                                if (method.getName().equals("append")) done();
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private void done() {
        if (--untilDeath == 0) throw new Death();
    }

    private ProviderPass newPass() {
        var rules = Domain.rules();
        var aggregates = new Aggregates(rules, log);
        return new ProviderPass(
                new ProviderPass.Ports(
                        provided,
                        world.inspections,
                        cluster,
                        aggregates,
                        new Dispatcher(rules, aggregates, log),
                        world::now,
                        () -> new UUID(7, ++ids)));
    }

    /** A new process, which dies after so many things done. */
    void restart(int deathAfter) {
        untilDeath = deathAfter;
        pass = newPass();
    }

    /** One pass, and what follows from it. */
    ProviderKit run() {
        try {
            pass.run();
        } finally {
            world.settle();
        }
        return this;
    }

    ProviderKit reconcile() {
        try {
            pass.reconcile();
        } finally {
            world.settle();
        }
        return this;
    }

    ProviderPass pass() {
        return pass;
    }

    /** Machines of a deployment that are not released. */
    List<MachineRow> machines() {
        return world.machines
                .list(new Listing(null, null, LabelSelector.EVERYTHING, 100, null))
                .items();
    }

    String onlyMachine() {
        var machines = machines();
        assertTrue(machines.size() == 1, machines::toString);
        return machines.getFirst().id();
    }

    HostRow host(String name) {
        return world.hosts.get(name).orElseThrow();
    }

    Host state(String name) {
        return world.aggregates.load(new StreamId("host", name), Host.class).state();
    }

    Instance instance(String name) {
        var instance = host(name).spec().instance();
        assertTrue(instance != null, name);
        return instance;
    }

    /** The runner completes the present run. */
    ProviderKit complete(String machine, int run) {
        world.machine(machine, new MachineCommand.ClaimRun(run, run, "r", Instant.EPOCH));
        world.machine(machine, new MachineCommand.CompleteRun(run, run));
        return this;
    }

    /** One deployment with ready machines, each on a pod of its own. */
    ProviderKit ready(int replicas) {
        world.deployment("web", replicas, "pods", "base");
        run();
        cluster.runAll();
        run();
        machines().forEach(machine -> complete(machine.id(), 1));
        return this;
    }

    @Override
    public void close() throws SQLException {
        world.close();
    }
}

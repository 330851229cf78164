package io.quartermaster.view.host;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Slices;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.view.Database;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hosts that one can sign in to as an Ansible inventory, now or as they were. */
public final class Inventory {
    private static final int PAGE = 1_000;
    private static final EventLog.Wanted WANTED =
            new EventLog.Wanted(Set.of(HostEvent.class, MachineEvent.class), Slices.ALL);
    private static final String SELECT =
            """
            SELECT h.name, h.spec, m.tenant, m.deployment, m.class
            FROM host h LEFT JOIN machine m ON m.id = h.machine
            WHERE h.standing <> 'retired' AND h.spec ->> 'user' <> '' AND h.spec ->> 'address' <> ''""";

    private final Database database;
    private final EventLog log;

    public Inventory(Database database, EventLog log) {
        this.database = database;
        this.log = log;
    }

    /**
     * A host with what is on it.
     *
     * @param use absent while no machine is on it
     */
    record Seat(HostSpec spec, @Nullable Use use) {

        boolean isUsedBy(String tenant) {
            return use != null && use.tenant().equals(tenant);
        }
    }

    /** Who uses a host, and as what. */
    record Use(String tenant, String deployment, String machineClass) {}

    /**
     * The hosts that are not retired.
     *
     * @param tenant only those with this tenant's machines, absent for all
     */
    public AnsibleInventory now(@Nullable String tenant) {
        var seats = new TreeMap<String, Seat>();
        database.list(SELECT, row -> seats.put(row.text("name"), seat(row)));
        return new AnsibleInventory(seats, tenant);
    }

    private static Seat seat(Row row) throws SQLException {
        var spec = row.json("spec", HostSpec.class);
        var deployment = row.maybeText("deployment");
        if (deployment == null) return new Seat(spec, null);
        return new Seat(spec, new Use(row.text("tenant"), deployment, row.text("class")));
    }

    /**
     * The hosts as they were known at a time. Reads the log up to then.
     *
     * @param tenant as in {@link #now}
     */
    public AnsibleInventory at(Instant at, @Nullable String tenant) {
        var fold = new Fold();
        for (long after = 0; ; ) {
            var page = log.rows(after, PAGE, WANTED);
            for (var row : page) {
                // Times in the log never go back.
                if (row.recordedAt().isAfter(at)) return fold.inventory(tenant);
                after = row.position();
                if (row.event() != null) fold.add(row.event());
            }
            if (page.size() < PAGE) return fold.inventory(tenant);
        }
    }

    /** Hosts and machines made of events. */
    private static final class Fold {
        private final HostDecider rules = new HostDecider();
        private final Map<String, Host> hosts = new TreeMap<>();
        private final Map<String, MachineSpec> machines = new TreeMap<>();

        void add(Envelope<?> envelope) {
            var key = envelope.stream().key();
            switch (envelope.event()) {
                case HostEvent event -> {
                    var host = hosts.getOrDefault(key, rules.initial());
                    hosts.put(key, rules.evolve(host, event));
                }
                case MachineEvent.Requested requested -> machines.put(key, requested.spec());
                case MachineEvent.SpecChanged changed -> machines.put(key, changed.spec());
                case MachineEvent.Released released -> machines.remove(key);
                default -> {}
            }
        }

        AnsibleInventory inventory(@Nullable String tenant) {
            var seats = new TreeMap<String, Seat>();
            hosts.forEach(
                    (name, state) -> {
                        if (!(state instanceof Host.Live host) || !isReached(host.spec())) return;
                        var use = host.occupancy().machine().map(machines::get).map(Fold::use);
                        seats.put(name, new Seat(host.spec(), use.orElse(null)));
                    });
            return new AnsibleInventory(seats, tenant);
        }

        private static boolean isReached(HostSpec spec) {
            return spec.signsIn() && !spec.address().isEmpty();
        }

        private static Use use(MachineSpec spec) {
            return new Use(spec.tenant(), spec.deployment(), spec.machineClass());
        }
    }
}

package io.quartermaster.view.host;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.view.Database;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Questions about hosts that a provider makes, each for the machine of the same name. */
public final class Provided {

    /** Of hosts that Pods and virtual machines are. */
    public static final String SOURCE = "provider:kubernetes";

    /** Also those whose instance is on its way: as many of each class as inventories give out. */
    private static final String WAITING =
            """
            SELECT m.id, c.spec
            FROM machine_class c CROSS JOIN LATERAL (
              SELECT id, created_at FROM machine
              WHERE phase = 'requested' AND class = c.name
                AND NOT EXISTS (SELECT FROM host WHERE host.machine = machine.id)
              ORDER BY created_at, id LIMIT ?) m
            WHERE c.spec ->> 'provider' = 'kubernetes'
            ORDER BY m.created_at, m.id""";

    private static final String HOSTS =
            """
            SELECT name, spec, machine FROM host
            WHERE source LIKE 'provider:%' AND source = ? AND standing <> 'retired'
            ORDER BY name""";

    private static final String CLASSES =
            "SELECT spec FROM machine_class WHERE spec ->> 'provider' = 'kubernetes'";

    private final Database database;

    public Provided(Database database) {
        this.database = database;
    }

    /** A machine without a host, and what its own shall be made of. */
    public record Wanted(String machine, InstanceTemplate template) {}

    /**
     * A host that is not retired.
     *
     * @param vacant whether no machine is on it, not yet or no more
     */
    public record Made(String name, HostSpec spec, boolean vacant) {

        /** What it is made of. */
        public Instance instance() {
            return Objects.requireNonNull(spec.instance(), name);
        }
    }

    /** Who this daemon is to clusters: a UUID, the same as long as its database lives. */
    public String installation() {
        return database.one("SELECT id FROM installation", row -> row.text("id")).orElseThrow();
    }

    /** Machines that wait, longest first, at most {@code limitPerClass} of each class. */
    public List<Wanted> waiting(int limitPerClass) {
        return database.list(
                WAITING,
                row ->
                        new Wanted(
                                row.text("id"),
                                template(row.json("spec", MachineClass.Spec.class)).orElseThrow()),
                limitPerClass);
    }

    /** The hosts, by name. */
    public List<Made> hosts() {
        return database.list(
                HOSTS,
                row ->
                        new Made(
                                row.text("name"),
                                row.json("spec", HostSpec.class),
                                row.maybeText("machine") == null),
                SOURCE);
    }

    /** Where the classes make instances, and where hosts are. */
    public Set<Instance.Place> places(List<Made> hosts) {
        var ofClasses =
                database.list(CLASSES, row -> row.json("spec", MachineClass.Spec.class)).stream()
                        .flatMap(spec -> template(spec).stream())
                        .map(InstanceTemplate::place);
        var ofHosts = hosts.stream().map(host -> host.instance().place());
        return Stream.concat(ofClasses, ofHosts).collect(Collectors.toSet());
    }

    private static Optional<InstanceTemplate> template(MachineClass.Spec spec) {
        return Optional.ofNullable(spec.kubernetes());
    }
}

package io.quartermaster.schedule.provider;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.step.Failure;
import io.quartermaster.view.host.Inspections;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What is recorded of hosts that are made: in their log, and how the last look at them went. */
final class HostRecord {
    private static final Logger LOG = Logger.getLogger(HostRecord.class);

    private final Aggregates aggregates;
    private final Dispatcher dispatcher;
    private final Inspections inspections;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /** So that a look that finds what the last one found is not written again. */
    private final Map<String, Optional<Failure>> noted = new ConcurrentHashMap<>();

    HostRecord(
            Aggregates aggregates,
            Dispatcher dispatcher,
            Inspections inspections,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.aggregates = aggregates;
        this.dispatcher = dispatcher;
        this.inspections = inspections;
        this.clock = clock;
        this.ids = ids;
    }

    Host host(String name) {
        return aggregates.load(new StreamId(HostDecider.STREAM, name), Host.class).state();
    }

    Machine machine(String id) {
        return aggregates.load(new StreamId(MachineDecider.STREAM, id), Machine.class).state();
    }

    /** Says all of it to a host, or nothing. */
    void say(String host, HostCommand... commands) {
        send(Stream.of(commands).map(command -> toHost(host, command)).toList());
    }

    /** The machine of the host is lost, and the host is not to be trusted: both, or neither. */
    void lost(String host, String code, String reason) {
        var machine = new StreamId(MachineDecider.STREAM, host);
        send(
                List.of(
                        toHost(host, new HostCommand.Quarantine(code, reason)),
                        new Order(machine, "", new MachineCommand.Release(reason)),
                        new Order(machine, "", new MachineCommand.ForceRelease(reason))));
    }

    private static Order toHost(String host, HostCommand command) {
        return new Order(new StreamId(HostDecider.STREAM, host), "", command);
    }

    private void send(List<Order> orders) {
        dispatcher.sendAll(orders, Ask.by("system:provider", ids.get()));
    }

    /** Notes why a host cannot be used. */
    void note(String host, Failure why) {
        if (Optional.of(why).equals(noted.put(host, Optional.of(why)))) return;
        LOG.infof("Host %s: %s; %s [%s]", host, why.reason(), why.remedy(), why.code());
        inspections.attempted(host, clock.instant(), why);
    }

    /** Notes that nothing is wrong with a host any more. */
    void noteWell(String host) {
        if (Optional.empty().equals(noted.put(host, Optional.empty()))) return;
        inspections.attempted(host, clock.instant(), null);
    }

    /** Whether something is wrong with a host, as far as it was noted here. */
    boolean isUnwell(String host) {
        return noted.getOrDefault(host, Optional.empty()).isPresent();
    }

    /** Forgets how looks at a host went: it is another one, or none any more. */
    void forget(String host) {
        noted.remove(host);
        inspections.forget(host);
    }
}

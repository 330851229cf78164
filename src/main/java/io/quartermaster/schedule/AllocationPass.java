package io.quartermaster.schedule;

import io.quartermaster.deployment.Allocation;
import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.deployment.Allocation.Waiting;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reserves free hosts for waiting machines. What it sees may be old: the host itself decides who
 * gets it, so passes of several replicas at once do no harm.
 */
public final class AllocationPass {

    /** What a pass looks at. */
    public interface Demand {

        /** Machines without a host, the longest waiting first. */
        List<Waiting> waiting();

        /** Hosts that could take a machine. */
        List<Free> free();
    }

    private final Demand demand;
    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;

    /**
     * @param ids gives each command its id
     */
    public AllocationPass(Demand demand, Dispatcher dispatcher, Supplier<UUID> ids) {
        this.demand = demand;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /**
     * Reserves what can be reserved now.
     *
     * @return how many hosts were asked
     */
    public int run() {
        List<Waiting> waiting = demand.waiting();
        if (waiting.isEmpty()) {
            return 0;
        }
        var assigned = Allocation.assign(waiting, demand.free());
        assigned.forEach(this::reserve);
        return assigned.size();
    }

    private void reserve(String machine, String host) {
        var stream = new StreamId(HostDecider.STREAM, host);
        try {
            dispatcher.send(
                    new Order(stream, "", new HostCommand.Reserve(machine)),
                    Ask.by("system:allocation", ids.get()));
        } catch (Rejected retired) {
            // The host was retired since the views saw it; the next pass finds another for the
            // machine.
        }
    }
}

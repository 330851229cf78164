package io.quartermaster.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.deployment.Allocation.Waiting;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Rules;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.Samples;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AllocationPassTest {

    private final MemoryLog log = new MemoryLog(() -> Samples.NOON);
    private final Rules rules = new Rules(List.of(new HostDecider()));
    private final Dispatcher dispatcher = new Dispatcher(rules, new Aggregates(rules, log), log);
    private long ids;

    private UUID id() {
        return new UUID(0, ++ids);
    }

    private static StreamId host(String name) {
        return new StreamId(HostDecider.STREAM, name);
    }

    private void say(String host, HostCommand command) {
        dispatcher.send(new Order(host(host), "", command), Ask.by("test", id()));
    }

    @Test
    void a_host_that_was_retired_since_does_not_hold_up_the_others() {
        say("h2", new HostCommand.Enrol(Samples.host(), "inventory"));
        say("h2", new HostCommand.RecordFacts(Samples.facts()));
        var seen =
                new AllocationPass.Demand() {
                    @Override
                    public List<Waiting> waiting() {
                        return List.of(new Waiting("m1", Map.of()), new Waiting("m2", Map.of()));
                    }

                    @Override
                    public List<Free> free() {
                        return List.of(new Free("h1", Map.of()), new Free("h2", Map.of()));
                    }
                };
        new AllocationPass(seen, dispatcher, this::id).run();
        assertEquals(
                new HostEvent.Reserved("m2"), log.readStream(host("h2"), 1, 9).getLast().event());
    }
}

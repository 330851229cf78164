package io.quartermaster.machine;

import static io.quartermaster.machine.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Effect.Send;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAssignmentTest {

    private static final StreamId M1 = new StreamId(MachineDecider.STREAM, "web-1");
    private static final StreamId H1 = new StreamId(HostDecider.STREAM, "h1");

    private final Story<HostAssignment.Seat> story = new Story<>(new HostAssignment());

    private static List<Effect> send(StreamId target, Object command) {
        return List.of(new Send(target, command));
    }

    private void given(StreamId stream, Object... events) {
        story.on(stream, List.of(events));
    }

    @Test
    void a_reserved_host_is_given_to_its_machine() {
        assertEquals(
                send(M1, new MachineCommand.Allocate("h1")),
                story.on(H1, new HostEvent.Reserved("web-1")));
    }

    @Test
    void the_machine_occupies_its_host() {
        assertEquals(
                send(H1, new HostCommand.Occupy("web-1")),
                story.on(M1, new MachineEvent.Allocated("h1")));
    }

    @Test
    void a_host_that_the_machine_declines_is_freed() {
        given(M1, new MachineEvent.Requested(spec()), new MachineEvent.Allocated("h2"));
        assertEquals(
                send(H1, new HostCommand.Free("web-1")),
                story.on(M1, new MachineEvent.HostDeclined("h1")));
    }

    @Test
    void the_host_of_a_machine_that_goes_is_cleaned() {
        given(M1, new MachineEvent.Allocated("h1"));
        assertEquals(
                send(H1, new HostCommand.Clean("web-1")),
                story.on(M1, new MachineEvent.RunRequested(2, RunKind.CLEAN)));
    }

    @Test
    void a_run_that_makes_the_machine_leaves_the_host_as_it_is() {
        given(M1, new MachineEvent.Allocated("h1"));
        assertEquals(List.of(), story.on(M1, new MachineEvent.RunRequested(1, RunKind.PROVISION)));
    }

    @Test
    void the_host_of_a_released_machine_is_freed() {
        assertEquals(
                send(H1, new HostCommand.Free("web-1")),
                story.on(M1, new MachineEvent.Released("h1", null)));
    }

    @Test
    void a_machine_that_never_had_a_host_frees_none() {
        assertEquals(List.of(), story.on(M1, new MachineEvent.Released(null, null)));
    }

    @Test
    void a_host_that_was_not_cleaned_is_quarantined_before_it_is_freed() {
        var effects = story.on(M1, new MachineEvent.Released("h1", "disk is broken"));
        var kinds = effects.stream().map(effect -> ((Send) effect).command().getClass()).toList();
        assertEquals(List.of(HostCommand.Quarantine.class, HostCommand.Free.class), kinds);
    }

    @Test
    void what_else_happens_to_hosts_is_no_concern() {
        assertEquals(List.of(), story.on(H1, new HostEvent.Freed("web-1")));
    }
}

package io.quartermaster.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttachedVolumesTest {

    private static final Instant AT = Instant.parse("2026-01-10T00:00:00Z");

    private final AttachedVolumes saga = new AttachedVolumes();
    private AttachedVolumes.State state = saga.initial();

    private List<Effect> on(String stream, int second, Object event) {
        var id = new UUID(0, second);
        var at = AT.plusSeconds(second);
        var envelope =
                new Envelope<>(
                        second,
                        StreamId.parse(stream),
                        1,
                        id,
                        "acme",
                        at.plusSeconds(60),
                        at,
                        new Metadata("test", id, id, id, ""),
                        event);
        assertEquals("m-1", saga.correlate(envelope).orElseThrow());
        state = saga.evolve(state, envelope);
        return saga.react(state, envelope);
    }

    private static Effect lose(String volume, int second) {
        return new Effect.Send(
                new StreamId("volume", volume),
                new VolumeCommand.LoseMachine("m-1", AT.plusSeconds(second)));
    }

    @Test
    void all_volumes_are_told_at_the_instant_at_which_the_machine_was_given_up() {
        assertEquals(List.of(), on("volume/a", 1, new VolumeEvent.Attached("m-1", true)));
        assertEquals(List.of(), on("volume/b", 2, new VolumeEvent.Attached("m-1", false)));
        assertEquals(
                List.of(lose("a", 7), lose("b", 7)),
                on("machine/m-1", 7, new MachineEvent.ReleaseStarted("scaled down")));
    }

    @Test
    void a_volume_that_is_attached_too_late_is_told_at_once() {
        on("machine/m-1", 7, new MachineEvent.ReleaseStarted("scaled down"));
        assertEquals(
                List.of(lose("a", 9)), on("volume/a", 9, new VolumeEvent.Attached("m-1", true)));
    }
}

package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.deployment.AttachedVolumes;
import io.quartermaster.deployment.ClosedTenant;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.TenantDecider;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a volume ends, by the sealed types: one that is added does not compile, or
 * fails, until it stands here. Everything is recorded ten minutes late, and ends at {@link #END}
 * all the same.
 */
class EveryEndingTest {
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant END = Instant.parse("2026-01-20T12:00:00Z");
    private static final Instant LATER = END.plusSeconds(3600);

    private static Life<VolumeCommand, Volume, VolumeEvent> volume(boolean confirmed) {
        var life = new Life<>(new VolumeDecider(), "disk");
        var spec = new VolumeSpec(100, "ssd", confirmed, Map.of());
        life.at(START, new VolumeCommand.Define("acme", spec));
        if (confirmed) life.at(START, new VolumeCommand.ConfirmCreated());
        return life;
    }

    /** By the way it ends; what somebody else deletes is gone only later. */
    private static Life<VolumeCommand, Volume, VolumeEvent> ended(Ending why, boolean confirmed) {
        return switch (why) {
            case USER -> {
                var life = volume(confirmed);
                life.at(LATER, new VolumeCommand.Delete(Ending.USER, "deleted", END));
                yield life;
            }
            case WITH_MACHINE -> withMachine(volume(confirmed));
            case WITH_TENANT -> withTenant(volume(confirmed));
            case CREATION_FAILED -> {
                var life = new Life<>(new VolumeDecider(), "disk");
                var spec = new VolumeSpec(100, "ssd", true, Map.of());
                life.at(START, new VolumeCommand.Define("acme", spec));
                life.at(LATER, new VolumeCommand.FailCreation("no space", END));
                yield life;
            }
            case FORCED -> {
                var life = volume(confirmed);
                life.at(LATER, new VolumeCommand.ForceDelete("the array burned", END));
                yield life;
            }
            case RECONCILED -> {
                var life = volume(confirmed);
                life.at(LATER, new VolumeCommand.ConfirmDeleted(END));
                yield life;
            }
            case REPORTED -> {
                var life = new Life<>(new VolumeDecider(), "disk");
                var spec = new VolumeSpec(100, "ssd", confirmed, Map.of());
                life.at(LATER, new VolumeCommand.ReportDeleted(END, 0));
                life.at(LATER, new VolumeCommand.Report("acme", new Sighting(spec, START, 0)));
                yield life;
            }
        };
    }

    private static Life<VolumeCommand, Volume, VolumeEvent> withMachine(
            Life<VolumeCommand, Volume, VolumeEvent> life) {
        var machine = EveryMachineEndingTest.ready();
        var attach = new VolumeCommand.Attach(machine.stream().key(), true);
        var happened = new ArrayList<Envelope<?>>(life.at(START, attach));
        happened.addAll(machine.at(END, new MachineCommand.Release("done")));
        for (var send : Life.sent(new AttachedVolumes(), happened))
            life.told(LATER, send.command());
        return life;
    }

    private static Life<VolumeCommand, Volume, VolumeEvent> withTenant(
            Life<VolumeCommand, Volume, VolumeEvent> life) {
        var tenant = new Life<>(new TenantDecider(), "bmc");
        var happened =
                new ArrayList<Envelope<?>>(life.at(START, new VolumeCommand.HandOver("bmc")));
        life.at(START, new VolumeCommand.Attach("m-1", false));
        happened.addAll(tenant.at(END, new Tenant.Command.Close("left")));
        for (var send : Life.sent(new ClosedTenant(), happened)) life.told(LATER, send.command());
        return life;
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void every_way_in_which_a_volume_ends_ends_its_usage_at_its_instant(Ending why) {
        for (boolean confirmed : new boolean[] {false, true}) {
            var life = ended(why, confirmed);
            life.at(LATER, new VolumeCommand.ConfirmDeleted(LATER));
            assertInstanceOf(Volume.Gone.class, life.state());
            life.assertEndedAt(END);
        }
    }

    @Test
    void a_report_after_the_closing_uses_nothing_from_the_closing_on() {
        var tenant = new Life<>(new TenantDecider(), "acme");
        var life = new Life<>(new VolumeDecider(), "files");
        var spec = new VolumeSpec(100, "ssd", false, Map.of());
        var happened = new ArrayList<Envelope<?>>(tenant.at(END, new Tenant.Command.Close("left")));
        happened.addAll(
                life.at(LATER, new VolumeCommand.Report("acme", new Sighting(spec, START, 0))));
        for (var send : Life.sent(new ClosedTenant(), happened)) life.told(LATER, send.command());
        life.assertEndedAt(END);
    }

    @Test
    void what_is_seen_only_after_the_closing_is_never_used() {
        var tenant = new Life<>(new TenantDecider(), "acme");
        var life = new Life<>(new VolumeDecider(), "files");
        var spec = new VolumeSpec(100, "ssd", false, Map.of());
        var happened = new ArrayList<Envelope<?>>(tenant.at(END, new Tenant.Command.Close("left")));
        happened.addAll(
                life.at(LATER, new VolumeCommand.Report("acme", new Sighting(spec, LATER, 0))));
        for (var send : Life.sent(new ClosedTenant(), happened)) life.told(LATER, send.command());
        assertEquals(List.of(), life.used());
        assertInstanceOf(Volume.Gone.class, life.state());
    }
}

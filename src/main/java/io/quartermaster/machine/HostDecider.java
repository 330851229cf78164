package io.quartermaster.machine;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.machine.Host.Live;
import io.quartermaster.machine.Host.Occupancy;
import io.quartermaster.machine.Host.Standing;
import io.quartermaster.machine.HostCommand.Enrol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rules of a host. At most one machine is on a host: whoever reserves it first. */
public final class HostDecider implements Decider<HostCommand, Host, HostEvent> {

    /** The type of a host's stream; its key is the host's name. */
    public static final String STREAM = "host";

    @Override
    public String streamType() {
        return STREAM;
    }

    @Override
    public Class<HostCommand> commands() {
        return HostCommand.class;
    }

    @Override
    public Class<HostEvent> events() {
        return HostEvent.class;
    }

    @Override
    public Host initial() {
        return new Host.Unknown();
    }

    @Override
    public List<HostEvent> decide(HostCommand command, Host state) {
        if (command instanceof Enrol enrol) {
            return enrol(enrol, state);
        }
        if (!(state instanceof Live host)) {
            throw new Rejected(
                    "host-unknown",
                    "there is no such host; enrol it by an inventory or a Host manifest");
        }
        return switch (command) {
            case Enrol enrol -> enrol(enrol, host);
            case HostCommand.PinKey pin -> pin(pin, host);
            case HostCommand.ForgetKeys forget -> forget(forget, host);
            case HostCommand.RecordFacts record ->
                    record.facts().equals(host.facts())
                            ? List.of()
                            : List.of(new HostEvent.Inspected(record.facts()));
            case HostCommand.Reserve reserve -> reserve(reserve, host);
            case HostCommand.Occupy occupy ->
                    move(
                            host,
                            occupy.machine(),
                            new Occupancy.InUse(occupy.machine()),
                            HostEvent.Occupied::new);
            case HostCommand.Clean clean ->
                    move(
                            host,
                            clean.machine(),
                            new Occupancy.Cleaning(clean.machine()),
                            HostEvent.CleaningStarted::new);
            case HostCommand.Free free -> free(free, host);
            case HostCommand.Quarantine quarantine -> quarantine(quarantine, host);
            case HostCommand.LiftQuarantine lift -> lift(lift.reason(), host);
            case HostCommand.StartMaintenance start -> startMaintenance(start, host);
            case HostCommand.EndMaintenance end -> endMaintenance(host);
            case HostCommand.Retire retire -> retire(retire, host);
        };
    }

    private static List<HostEvent> quarantine(HostCommand.Quarantine quarantine, Live host) {
        return host.standing() instanceof Standing.Quarantined
                ? List.of()
                : List.of(new HostEvent.Quarantined(quarantine.code(), quarantine.reason()));
    }

    /** A host that was in maintenance before is in maintenance again. */
    private static List<HostEvent> lift(String reason, Live host) {
        if (!(host.standing() instanceof Standing.Quarantined quarantined)) {
            return List.of();
        }
        HostEvent lifted = new HostEvent.QuarantineLifted(reason);
        return quarantined.before() instanceof Standing.Maintenance(String why)
                ? List.of(lifted, new HostEvent.MaintenanceStarted(why))
                : List.of(lifted);
    }

    private static List<HostEvent> enrol(Enrol enrol, Host state) {
        if (!(state instanceof Live host)) {
            return List.of(new HostEvent.Enrolled(enrol.spec(), enrol.source()));
        }
        if (!host.source().equals(enrol.source())) {
            throw new Rejected(
                    "host-owned",
                    "the host comes from "
                            + host.source()
                            + ", not from "
                            + enrol.source()
                            + "; change it there, or delete it first");
        }
        return host.spec().equals(enrol.spec())
                ? List.of()
                : List.of(new HostEvent.SpecChanged(enrol.spec(), enrol.source()));
    }

    private static List<HostEvent> pin(HostCommand.PinKey pin, Live host) {
        if (host.keys().contains(pin.key())) {
            return List.of();
        }
        if (!host.keys().isEmpty()) {
            throw new Rejected(
                    "host-key-pinned",
                    "another key is pinned for this host; if it was re-imaged on purpose,"
                            + " forget its keys first");
        }
        return List.of(new HostEvent.KeyPinned(pin.key()));
    }

    private static List<HostEvent> forget(HostCommand.ForgetKeys forget, Live host) {
        List<HostEvent> events = new ArrayList<>();
        events.add(new HostEvent.KeysForgotten(forget.reason()));
        events.addAll(lift(forget.reason(), host));
        return List.copyOf(events);
    }

    private static List<HostEvent> reserve(HostCommand.Reserve reserve, Live host) {
        if (host.occupancy().machine().filter(reserve.machine()::equals).isPresent()) {
            return List.of();
        }
        return notFor(reserve.machine(), host)
                .or(host::unavailable)
                .<List<HostEvent>>map(
                        why -> List.of(new HostEvent.ReservationRefused(reserve.machine(), why)))
                .orElseGet(() -> List.of(new HostEvent.Reserved(reserve.machine())));
    }

    private static Optional<String> notFor(String machine, Live host) {
        return Optional.ofNullable(host.spec().instance())
                .map(Instance::name)
                .filter(owner -> !owner.equals(machine))
                .map(owner -> "it was made for machine " + owner);
    }

    private static List<HostEvent> move(
            Live host, String machine, Occupancy to, Function<String, HostEvent> event) {
        if (host.occupancy().equals(to)) {
            return List.of();
        }
        if (host.occupancy().machine().filter(machine::equals).isEmpty()) {
            throw new Rejected("host-not-reserved", "machine " + machine + " is not on this host");
        }
        return List.of(event.apply(machine));
    }

    private static List<HostEvent> free(HostCommand.Free free, Live host) {
        boolean there = host.occupancy().machine().filter(free.machine()::equals).isPresent();
        return there ? List.of(new HostEvent.Freed(free.machine())) : List.of();
    }

    private static List<HostEvent> startMaintenance(HostCommand.StartMaintenance start, Live host) {
        return switch (host.standing()) {
            case Standing.Good good -> List.of(new HostEvent.MaintenanceStarted(start.reason()));
            case Standing.Maintenance maintenance -> List.of();
            case Standing.Quarantined quarantined -> throw untrusted(quarantined);
        };
    }

    private static List<HostEvent> endMaintenance(Live host) {
        return switch (host.standing()) {
            case Standing.Good good -> List.of();
            case Standing.Maintenance maintenance -> List.of(new HostEvent.MaintenanceEnded());
            case Standing.Quarantined quarantined -> throw untrusted(quarantined);
        };
    }

    private static Rejected untrusted(Standing.Quarantined quarantined) {
        return new Rejected(
                "host-quarantined",
                "the host is quarantined (" + quarantined.reason() + "); lift that first");
    }

    private static List<HostEvent> retire(HostCommand.Retire retire, Live host) {
        host.occupancy()
                .machine()
                .ifPresent(
                        machine -> {
                            throw new Rejected(
                                    "host-in-use",
                                    "machine " + machine + " is on this host; release it first");
                        });
        return List.of(new HostEvent.Retired(retire.reason()));
    }

    @Override
    public Host evolve(Host state, HostEvent event) {
        if (event instanceof HostEvent.Enrolled enrolled) {
            return new Live(
                    enrolled.spec(),
                    enrolled.source(),
                    enrolled.spec().hostKeys(),
                    null,
                    new Occupancy.Vacant(),
                    new Standing.Good());
        }
        return state instanceof Live host ? evolveLive(host, event) : state;
    }

    private static Host evolveLive(Live host, HostEvent event) {
        return switch (event) {
            case HostEvent.Enrolled enrolled -> host.with(enrolled.spec(), enrolled.source());
            case HostEvent.SpecChanged changed -> host.with(changed.spec(), changed.source());
            case HostEvent.KeyPinned pinned -> host.with(List.of(pinned.key()));
            case HostEvent.KeysForgotten forgotten -> host.with(List.of());
            case HostEvent.Inspected inspected -> host.with(inspected.facts());
            case HostEvent.Reserved reserved ->
                    host.with(new Occupancy.Reserved(reserved.machine()));
            case HostEvent.ReservationRefused refused -> host;
            case HostEvent.Occupied occupied -> host.with(new Occupancy.InUse(occupied.machine()));
            case HostEvent.CleaningStarted cleaning ->
                    host.with(new Occupancy.Cleaning(cleaning.machine()));
            case HostEvent.Freed freed -> host.with(new Occupancy.Vacant());
            case HostEvent.Quarantined quarantined ->
                    host.with(
                            new Standing.Quarantined(
                                    quarantined.code(), quarantined.reason(), host.standing()));
            case HostEvent.QuarantineLifted lifted -> host.with(new Standing.Good());
            case HostEvent.MaintenanceStarted started ->
                    host.with(new Standing.Maintenance(started.reason()));
            case HostEvent.MaintenanceEnded ended -> host.with(new Standing.Good());
            case HostEvent.Retired retired -> new Host.Retired();
        };
    }
}

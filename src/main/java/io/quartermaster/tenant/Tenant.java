package io.quartermaster.tenant;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.Wire;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, with its commands, events and rules. What its things take of a quota is kept by name
 * and as an absolute amount, so nothing can be counted twice, or counted up and not down.
 *
 * @param spec absent before somebody defines it: then nothing limits it
 * @param holdings what its things take: machines by deployment, bytes by volume
 */
public record Tenant(
        @Nullable TenantSpec spec, Standing standing, Map<Quota, Map<String, Long>> holdings) {

    /** The type of a tenant's stream; its key is the tenant's name. */
    public static final String STREAM = "tenant";

    /** Whether it may go on. */
    public enum Standing {
        ACTIVE,
        /** What it has stays; it gets nothing more. */
        SUSPENDED,
        /** It and all that was its own is gone. */
        CLOSED
    }

    /** What is limited. */
    public enum Quota {
        MACHINES("machines"),
        STORAGE("bytes of storage");

        private final String unit;

        Quota(String unit) {
            this.unit = unit;
        }
    }

    /** What may be asked of a tenant. */
    public sealed interface Command {

        @Wire("tenant.define")
        record Define(TenantSpec spec) implements Command {}

        /** Something of the tenant's shall take so much from now on, instead of what it took. */
        @Wire("tenant.hold")
        record Hold(Quota quota, String holder, long amount) implements Command {}

        @Wire("tenant.suspend")
        record Suspend(String reason) implements Command {}

        @Wire("tenant.resume")
        record Resume(String reason) implements Command {}

        /** For good: everything that is its own is deleted. */
        @Wire("tenant.close")
        record Close(String reason) implements Command {}
    }

    /** What happens to a tenant. */
    public sealed interface Event {

        @Wire("tenant.defined")
        record Defined(TenantSpec spec) implements Event {}

        @Wire("tenant.held")
        record Held(Quota quota, String holder, long amount) implements Event {}

        @Wire("tenant.suspended")
        record Suspended(String reason) implements Event {}

        @Wire("tenant.resumed")
        record Resumed(String reason) implements Event {}

        @Wire("tenant.closed")
        record Closed(String reason) implements Event {}
    }

    /** How much all its things take. */
    public long held(Quota quota) {
        return holdings.getOrDefault(quota, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private @Nullable Long limit(Quota quota) {
        if (spec == null) return null;
        return switch (quota) {
            case MACHINES -> spec.machines();
            case STORAGE -> spec.storageBytes();
        };
    }

    private Tenant as(Standing next) {
        return new Tenant(spec, next, holdings);
    }

    private Tenant holding(Quota quota, String holder, long amount) {
        var all = new TreeMap<>(holdings);
        var of = new TreeMap<>(all.getOrDefault(quota, Map.of()));
        if (amount == 0) of.remove(holder);
        else of.put(holder, amount);
        all.put(quota, of);
        return new Tenant(spec, standing, all);
    }

    /** The rules: less is always possible, more only within the limits and in good standing. */
    public static final class Rules implements Decider<Command, Tenant, Event> {

        @Override
        public String streamType() {
            return STREAM;
        }

        @Override
        public Class<Command> commands() {
            return Command.class;
        }

        @Override
        public Class<Event> events() {
            return Event.class;
        }

        @Override
        public Tenant initial() {
            return new Tenant(null, Standing.ACTIVE, Map.of());
        }

        @Override
        public List<Event> decide(Command command, Tenant tenant) {
            return switch (command) {
                case Command.Define define -> {
                    checkNotClosed(tenant);
                    yield define.spec().equals(tenant.spec())
                            ? List.of()
                            : List.of(new Event.Defined(define.spec()));
                }
                case Command.Hold hold -> hold(hold, tenant);
                case Command.Suspend suspend -> {
                    checkNotClosed(tenant);
                    yield tenant.standing() == Standing.SUSPENDED
                            ? List.of()
                            : List.of(new Event.Suspended(suspend.reason()));
                }
                case Command.Resume resume -> {
                    checkNotClosed(tenant);
                    yield tenant.standing() == Standing.ACTIVE
                            ? List.of()
                            : List.of(new Event.Resumed(resume.reason()));
                }
                case Command.Close close ->
                        tenant.standing() == Standing.CLOSED
                                ? List.of()
                                : List.of(new Event.Closed(close.reason()));
            };
        }

        private static List<Event> hold(Command.Hold hold, Tenant tenant) {
            long before =
                    tenant.holdings()
                            .getOrDefault(hold.quota(), Map.of())
                            .getOrDefault(hold.holder(), 0L);
            if (hold.amount() == before) return List.of();
            if (hold.amount() > before) checkMore(hold, before, tenant);
            return List.of(new Event.Held(hold.quota(), hold.holder(), hold.amount()));
        }

        private static void checkMore(Command.Hold hold, long before, Tenant tenant) {
            checkNotClosed(tenant);
            if (tenant.standing() == Standing.SUSPENDED) {
                throw new Rejected(
                        "tenant-suspended",
                        "the tenant is suspended; what it has stays, but it gets nothing more until"
                                + " an administrator resumes it");
            }
            var limit = tenant.limit(hold.quota());
            long wanted = tenant.held(hold.quota()) - before + hold.amount();
            if (limit == null || wanted <= limit) return;
            throw new Rejected(
                    "quota-exceeded",
                    "%s would take the tenant to %d of %d %s; make something smaller, or raise the quota"
                            .formatted(hold.holder(), wanted, limit, hold.quota().unit));
        }

        private static void checkNotClosed(Tenant tenant) {
            if (tenant.standing() != Standing.CLOSED) return;
            throw new Rejected("tenant-closed", "the tenant is closed for good; use another name");
        }

        @Override
        public Tenant evolve(Tenant tenant, Event event) {
            return switch (event) {
                case Event.Defined defined ->
                        new Tenant(defined.spec(), tenant.standing(), tenant.holdings());
                case Event.Held held -> tenant.holding(held.quota(), held.holder(), held.amount());
                case Event.Suspended ignored -> tenant.as(Standing.SUSPENDED);
                case Event.Resumed ignored -> tenant.as(Standing.ACTIVE);
                case Event.Closed ignored -> tenant.as(Standing.CLOSED);
            };
        }
    }
}

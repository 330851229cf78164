package io.quartermaster.tenant;

import io.quartermaster.es.Wire;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, with its commands and events. What its things take of a quota is kept by name and as an
 * absolute amount, so nothing can be counted twice, or counted up and not down.
 *
 * @param spec absent before somebody defines it: then nothing limits it
 * @param restrictions what it may not do, by who said so
 * @param closed whether it is gone for good, with all that was its own
 * @param holdings what its things take, by quota and then by the stream of the thing: {@code
 *     deployment/web}, {@code volume/disk}
 */
public record Tenant(
        @Nullable TenantSpec spec,
        Map<Cause, Level> restrictions,
        boolean closed,
        Map<Quota, Map<String, Long>> holdings) {

    /** The type of a tenant's stream; its key is the tenant's name. */
    public static final String STREAM = "tenant";

    /** Why a tenant is restricted. Each cause is lifted by itself. */
    public enum Cause {
        /** A person decided it. */
        ADMINISTRATOR,
        /** What it meant to spend is spent. */
        BUDGET
    }

    /** How far it is restricted, in ascending order. What it has stays in any case. */
    public enum Level {
        /** It gets no further machines. */
        NO_MACHINES,
        /** It gets nothing further at all. */
        NOTHING_MORE
    }

    /** What is limited. */
    public enum Quota {
        MACHINES("machines"),
        STORAGE("bytes of storage");

        final String unit;

        Quota(String unit) {
            this.unit = unit;
        }
    }

    /** What may be asked of a tenant. */
    public sealed interface Command {

        @Wire("tenant.define")
        record Define(TenantSpec spec) implements Command {}

        /** Something of the tenant's is to take so much from now on, instead of what it took. */
        @Wire("tenant.hold")
        record Hold(Quota quota, String holder, long amount) implements Command {}

        /** Something of the tenant's takes so much, whether or not it may; 0 when it is gone. */
        @Wire("tenant.count")
        record Count(Quota quota, String holder, long amount) implements Command {}

        @Wire("tenant.suspend")
        record Suspend(Cause cause, Level level, String reason) implements Command {}

        /** Lifts what that cause restricts, and nothing else. */
        @Wire("tenant.resume")
        record Resume(Cause cause, String reason) implements Command {}

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
        record Suspended(Cause cause, Level level, String reason) implements Event {}

        @Wire("tenant.resumed")
        record Resumed(Cause cause, String reason) implements Event {}

        /** From this instant on nothing of it is used any more. */
        @Wire("tenant.closed")
        record Closed(String reason) implements Event {}
    }

    /** How much all its things take; {@link Long#MAX_VALUE} stands for more than that. */
    public long held(Quota quota) {
        return holdings.getOrDefault(quota, Map.of()).values().stream().reduce(0L, Tenant::sum);
    }

    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    /** How much one of its things takes. */
    public long held(Quota quota, String holder) {
        return holdings.getOrDefault(quota, Map.of()).getOrDefault(holder, 0L);
    }

    /** The strongest restriction, empty when there is none. */
    Optional<Map.Entry<Cause, Level>> restriction() {
        return restrictions.entrySet().stream().max(Comparator.comparing(Map.Entry::getValue));
    }

    @Nullable Long limit(Quota quota) {
        if (spec == null) return null;
        return switch (quota) {
            case MACHINES -> spec.machines();
            case STORAGE -> spec.storageBytes();
        };
    }

    Tenant as(TenantSpec next) {
        return new Tenant(next, restrictions, closed, holdings);
    }

    Tenant restricted(Cause cause, @Nullable Level level) {
        var all = new TreeMap<>(restrictions);
        if (level == null) all.remove(cause);
        else all.put(cause, level);
        return new Tenant(spec, all, closed, holdings);
    }

    Tenant gone() {
        return new Tenant(spec, restrictions, true, holdings);
    }

    Tenant holding(Quota quota, String holder, long amount) {
        var all = new TreeMap<>(holdings);
        var of = new TreeMap<>(all.getOrDefault(quota, Map.of()));
        if (amount == 0) of.remove(holder);
        else of.put(holder, amount);
        all.put(quota, of);
        return new Tenant(spec, restrictions, closed, all);
    }
}

package io.quartermaster.tenant;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Event;
import io.quartermaster.tenant.Tenant.Level;
import io.quartermaster.tenant.Tenant.Quota;
import java.util.List;
import java.util.Map;

/**
 * The rules of a tenant: less is always possible, more only within the limits and in good standing.
 */
public final class TenantDecider implements Decider<Command, Tenant, Event> {

    @Override
    public String streamType() {
        return Tenant.STREAM;
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
        return new Tenant(null, Map.of(), false, Map.of());
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
            case Command.Hold hold -> {
                checkNotClosed(tenant);
                if (hold.amount() > tenant.held(hold.quota(), hold.holder())) {
                    checkStanding(hold.quota(), tenant);
                    checkQuota(hold, tenant);
                }
                yield held(hold.quota(), hold.holder(), hold.amount(), tenant);
            }
            case Command.Count count -> held(count.quota(), count.holder(), count.amount(), tenant);
            case Command.Suspend suspend -> suspend(suspend, tenant);
            case Command.Resume resume -> {
                checkNotClosed(tenant);
                yield tenant.restrictions().containsKey(resume.cause())
                        ? List.of(new Event.Resumed(resume.cause(), resume.reason()))
                        : List.of();
            }
            case Command.Close close ->
                    tenant.closed() ? List.of() : List.of(new Event.Closed(close.reason()));
        };
    }

    private static List<Event> suspend(Command.Suspend suspend, Tenant tenant) {
        checkNotClosed(tenant);
        return suspend.level() == tenant.restrictions().get(suspend.cause())
                ? List.of()
                : List.of(new Event.Suspended(suspend.cause(), suspend.level(), suspend.reason()));
    }

    private static List<Event> held(Quota quota, String holder, long amount, Tenant tenant) {
        return amount == tenant.held(quota, holder)
                ? List.of()
                : List.of(new Event.Held(quota, holder, amount));
    }

    private static void checkNotClosed(Tenant tenant) {
        if (!tenant.closed()) return;
        throw new Rejected("tenant-closed", "the tenant is closed for good; use another one");
    }

    private static void checkStanding(Quota quota, Tenant tenant) {
        var strongest = tenant.restriction().orElse(null);
        if (strongest == null) return;
        if (strongest.getValue() == Level.NO_MACHINES && quota != Quota.MACHINES) return;
        throw new Rejected(
                "tenant-suspended",
                "what the tenant has stays, but it gets %s until %s"
                        .formatted(
                                strongest.getValue() == Level.NO_MACHINES
                                        ? "no further machines"
                                        : "nothing further",
                                lifted(strongest.getKey())));
    }

    private static String lifted(Cause cause) {
        return switch (cause) {
            case ADMINISTRATOR -> "an administrator resumes it";
            case BUDGET -> "its budget is raised or the period of the budget ends";
        };
    }

    private static void checkQuota(Command.Hold hold, Tenant tenant) {
        var limit = tenant.limit(hold.quota());
        if (limit == null) return;
        long others = tenant.held(hold.quota()) - tenant.held(hold.quota(), hold.holder());
        if (hold.amount() <= limit - others) return;
        throw new Rejected(
                "quota-exceeded",
                "%s takes %d, which would take the tenant to %d of %d %s; make something smaller, or"
                                .formatted(
                                        hold.holder(),
                                        hold.amount(),
                                        Tenant.sum(others, hold.amount()),
                                        limit,
                                        hold.quota().unit)
                        + " raise the quota");
    }

    @Override
    public Tenant evolve(Tenant tenant, Event event) {
        return switch (event) {
            case Event.Defined defined -> tenant.as(defined.spec());
            case Event.Held held -> tenant.holding(held.quota(), held.holder(), held.amount());
            case Event.Suspended suspended ->
                    tenant.restricted(suspended.cause(), suspended.level());
            case Event.Resumed resumed -> tenant.restricted(resumed.cause(), null);
            case Event.Closed ignored -> tenant.gone();
        };
    }
}

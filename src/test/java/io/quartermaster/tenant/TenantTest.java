package io.quartermaster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.es.Rejected;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Level;
import io.quartermaster.tenant.Tenant.Quota;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantTest {

    private final TenantDecider rules = new TenantDecider();
    private Tenant tenant = rules.initial();

    private List<Tenant.Event> when(Command command) {
        var events = rules.decide(command, tenant);
        for (var event : events) tenant = rules.evolve(tenant, event);
        return events;
    }

    private Rejected refused(Command command) {
        return assertThrows(Rejected.class, () -> rules.decide(command, tenant));
    }

    private static Command.Define tenMachines() {
        return new Command.Define(new TenantSpec("ACME", 10L, null, "", Map.of()));
    }

    private static Command.Hold machines(String deployment, long amount) {
        return new Command.Hold(Quota.MACHINES, deployment, amount);
    }

    @Test
    void what_its_things_take_stays_within_the_quota() {
        when(tenMachines());
        when(machines("web", 6));
        when(machines("db", 4));
        var refused = refused(machines("web", 7));
        assertEquals("quota-exceeded", refused.code());
        assertEquals(
                "web takes 7, which would take the tenant to 11 of 10 machines; make something"
                        + " smaller, or raise the quota",
                refused.getMessage());
    }

    @Test
    void the_same_amount_again_is_not_counted_again() {
        when(tenMachines());
        when(machines("web", 6));
        assertEquals(List.of(), when(machines("web", 6)));
        assertEquals(6, tenant.held(Quota.MACHINES));
    }

    @Test
    void what_is_given_back_can_be_taken_again() {
        when(tenMachines());
        when(machines("web", 10));
        when(machines("web", 0));
        when(machines("db", 10));
        assertEquals(Map.of("db", 10L), tenant.holdings().get(Quota.MACHINES));
    }

    @Test
    void a_quota_that_shrinks_takes_nothing_away_but_allows_no_more() {
        when(machines("web", 20));
        when(tenMachines());
        assertEquals("quota-exceeded", refused(machines("web", 21)).code());
        assertEquals(1, when(machines("web", 19)).size());
    }

    private static Command.Suspend suspend(Cause cause, Level level) {
        return new Command.Suspend(cause, level, "why");
    }

    private static Command.Hold storage(long bytes) {
        return new Command.Hold(Quota.STORAGE, "disk", bytes);
    }

    @Test
    void a_suspended_tenant_keeps_what_it_has_and_gets_no_more() {
        when(machines("web", 3));
        when(suspend(Cause.ADMINISTRATOR, Level.NOTHING_MORE));
        assertEquals("tenant-suspended", refused(machines("web", 4)).code());
        assertEquals("tenant-suspended", refused(storage(1)).code());
        assertEquals(1, when(machines("web", 2)).size());
        when(new Command.Resume(Cause.ADMINISTRATOR, "paid"));
        assertEquals(1, when(machines("web", 4)).size());
    }

    @Test
    void a_tenant_without_further_machines_may_still_store() {
        when(suspend(Cause.BUDGET, Level.NO_MACHINES));
        assertEquals("tenant-suspended", refused(machines("web", 1)).code());
        assertEquals(1, when(storage(5)).size());
    }

    @Test
    void each_cause_is_lifted_by_itself_and_the_strongest_counts() {
        when(suspend(Cause.BUDGET, Level.NO_MACHINES));
        when(suspend(Cause.ADMINISTRATOR, Level.NOTHING_MORE));
        assertEquals(List.of(), when(suspend(Cause.ADMINISTRATOR, Level.NOTHING_MORE)));
        assertEquals("tenant-suspended", refused(storage(1)).code());
        when(new Command.Resume(Cause.ADMINISTRATOR, "checked"));
        assertEquals(1, when(storage(1)).size());
        assertEquals("tenant-suspended", refused(machines("web", 1)).code());
        assertEquals(List.of(), when(new Command.Resume(Cause.ADMINISTRATOR, "again")));
        when(new Command.Resume(Cause.BUDGET, "a new month"));
        assertEquals(1, when(machines("web", 1)).size());
    }

    @Test
    void what_is_there_is_counted_whether_or_not_it_may_be() {
        when(tenMachines());
        assertEquals(1, when(new Command.Count(Quota.MACHINES, "web", 11)).size());
        assertEquals("quota-exceeded", refused(machines("db", 1)).code());
        when(new Command.Close("left"));
        assertEquals(1, when(new Command.Count(Quota.MACHINES, "web", 0)).size());
        assertEquals(0, tenant.held(Quota.MACHINES));
    }

    @Test
    void a_closed_tenant_stays_closed() {
        when(new Command.Close("left"));
        assertEquals(List.of(), when(new Command.Close("left")));
        assertEquals("tenant-closed", refused(new Command.Resume(Cause.BUDGET, "back")).code());
        assertEquals("tenant-closed", refused(machines("web", 0)).code());
        assertEquals("tenant-closed", refused(tenMachines()).code());
    }
}

package io.quartermaster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.es.Rejected;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Quota;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantTest {

    private final Tenant.Rules rules = new Tenant.Rules();
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
        return new Command.Define(new TenantSpec("ACME", "Europe/Berlin", 10L, null, Map.of()));
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
                "web would take the tenant to 11 of 10 machines; make something smaller, or raise"
                        + " the quota",
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

    @Test
    void a_suspended_tenant_keeps_what_it_has_and_gets_no_more() {
        when(machines("web", 3));
        when(new Command.Suspend("budget"));
        assertEquals("tenant-suspended", refused(machines("web", 4)).code());
        assertEquals(1, when(machines("web", 2)).size());
        when(new Command.Resume("paid"));
        assertEquals(1, when(machines("web", 4)).size());
    }

    @Test
    void a_closed_tenant_stays_closed() {
        when(new Command.Close("left"));
        assertEquals(List.of(), when(new Command.Close("left")));
        assertEquals("tenant-closed", refused(new Command.Resume("back")).code());
        assertEquals("tenant-closed", refused(machines("web", 1)).code());
        assertEquals("tenant-closed", refused(tenMachines()).code());
    }
}

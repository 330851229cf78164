package io.quartermaster.rest;

import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Quota;
import java.util.List;

/** What tenants are told when calls change what their things take of a quota. */
final class Holdings {
    private Holdings() {}

    /** The thing is to take so much; nobody is asked for what has no tenant. */
    static List<Order> hold(String tenant, Quota quota, StreamId holder, long amount) {
        return order(tenant, new Command.Hold(quota, holder.toString(), amount));
    }

    /** The thing takes nothing of that tenant's any more. */
    static List<Order> giveBack(String tenant, Quota quota, StreamId holder) {
        return order(tenant, new Command.Count(quota, holder.toString(), 0));
    }

    private static List<Order> order(String tenant, Command command) {
        return tenant.isEmpty()
                ? List.of()
                : List.of(new Order(ResourceKind.TENANT.stream(tenant), tenant, command));
    }
}

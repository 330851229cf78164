package io.quartermaster.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts and groups with every question of precedence settled. */
public final class Inventory {
    private final Map<String, InventoryHost> hosts;
    private final Map<String, InventoryGroup> groups;
    private final Map<String, Secret> secrets;

    Inventory(
            Map<String, InventoryHost> hosts,
            Map<String, InventoryGroup> groups,
            Map<String, Secret> secrets) {
        this.hosts = hosts;
        this.groups = groups;
        this.secrets = secrets;
    }

    /** In the order of the texts, then the bastions that only connection arguments mention. */
    public List<InventoryHost> hosts() {
        return List.copyOf(hosts.values());
    }

    public Optional<InventoryHost> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    /** In the order of the texts; {@code all} and {@code ungrouped} are always there. */
    public List<InventoryGroup> groups() {
        return List.copyOf(groups.values());
    }

    public Optional<InventoryGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The secret of this name, as {@link Connection.Ssh} mentions it. */
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}

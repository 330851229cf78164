package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inventory in the form that Ansible's inventory scripts print, as plain maps and lists for a
 * JSON writer. Secrets are masked.
 *
 * @see <a
 *     href="https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html">Inventory
 *     scripts</a>
 */
public final class DynamicInventory {
    private final Inventory inventory;
    private final Variant variant;

    /** Whose variables stand where. */
    public enum Variant {
        /** Each host with all its variables, as {@code ansible-inventory --list} prints. */
        RESOLVED,
        /** Each group and host with its own variables only, as {@code --list --export} prints. */
        EXPORT
    }

    private DynamicInventory(Inventory inventory, Variant variant) {
        this.inventory = inventory;
        this.variant = variant;
    }

    /** The answer to {@code --list}: groups by name, and {@code _meta.hostvars}. */
    public static Map<String, @Nullable Object> list(Inventory inventory, Variant variant) {
        return new DynamicInventory(inventory, variant).list();
    }

    /**
     * The answer to {@code --host NAME}: the host's variables; empty when there is no such host.
     */
    public static Optional<Map<String, @Nullable Object>> host(Inventory inventory, String name) {
        return inventory.host(name).map(host -> shown(host.variables().values()));
    }

    private Map<String, @Nullable Object> list() {
        var list = new LinkedHashMap<String, @Nullable Object>();
        addGroup(Draft.ALL, list, new HashSet<>());
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (var host : inventory.hosts()) {
            var own =
                    variant == Variant.EXPORT
                            ? host.variables().ownValues()
                            : host.variables().values();
            if (!own.isEmpty()) variables.put(host.name(), shown(own));
        }
        list.put("_meta", Map.of("hostvars", variables));
        return list;
    }

    private void addGroup(String name, Map<String, @Nullable Object> list, Set<String> seen) {
        var group = inventory.group(name).orElseThrow();
        var parts = new LinkedHashMap<String, @Nullable Object>();
        if (!name.equals(Draft.ALL) && !group.hosts().isEmpty()) parts.put("hosts", group.hosts());
        if (!group.children().isEmpty()) parts.put("children", group.children());
        var variables = variant == Variant.EXPORT ? variables(group) : Map.of();
        if (!variables.isEmpty()) parts.put("vars", variables);
        if (!parts.isEmpty()) list.put(name, parts);
        for (var child : group.children()) {
            if (seen.add(child)) addGroup(child, list, seen);
        }
    }

    private static Map<String, @Nullable Object> variables(InventoryGroup group) {
        var variables = new LinkedHashMap<>(shown(group.variables()));
        if (group.priority() != 1) variables.put("ansible_group_priority", group.priority());
        return variables;
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> values) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> shown.put(name, shown(value)));
        return shown;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case Secret secret -> Secret.MASK;
            case Vaulted vaulted -> Map.of("__ansible_vault", vaulted.ciphertext());
            case Map<?, ?> map -> {
                var shown = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, each) -> shown.put(String.valueOf(key), shown(each)));
                yield shown;
            }
            case List<?> list -> {
                var shown = new ArrayList<@Nullable Object>();
                for (var each : list) shown.add(shown(each));
                yield shown;
            }
            case null, default -> value;
        };
    }
}

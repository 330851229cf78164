package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who wins when several texts say something of a host. From weakest to strongest: {@code all} in
 * the inventories, its other groups in the inventories, {@code group_vars/all}, other {@code
 * group_vars}, the host in the inventories, {@code host_vars}. Among groups: the deeper ones, then
 * those of higher {@code ansible_group_priority}, then those later in the alphabet.
 *
 * @see <a href="https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html">How
 *     variables are merged</a>
 */
final class Precedence {
    private final Draft draft;
    private final VarsFiles files;
    private final Map<Draft.Group, Integer> depths = new HashMap<>();

    /** Hosts in the same groups share one entry. */
    private final Map<Set<Draft.Group>, Inherited> inherited = new HashMap<>();

    /** What a host has from its groups. */
    record Inherited(List<String> groups, Map<String, Variable> variables) {}

    Precedence(Draft draft, VarsFiles files) {
        this.draft = draft;
        this.files = files;
        for (var group : draft.groups().values()) depth(group, 0);
    }

    Inherited inherited(Draft.Host host) {
        return inherited.computeIfAbsent(Set.copyOf(host.groups), this::inheritedFrom);
    }

    Variables variables(Draft.Host host) {
        var own = new LinkedHashMap<>(host.variables);
        files.overlayHost(host.name, own);
        return new Variables(inherited(host).variables, own);
    }

    Map<String, InventoryGroup> groups() {
        var groups = new LinkedHashMap<String, InventoryGroup>();
        for (var group : draft.groups().values()) {
            groups.put(
                    group.name,
                    new InventoryGroup(
                            group.name,
                            group.hosts.stream().map(host -> host.name).toList(),
                            group.children.stream().map(child -> child.name).toList(),
                            values(group),
                            group.priority));
        }
        return groups;
    }

    private Inherited inheritedFrom(Collection<Draft.Group> direct) {
        var others = new ArrayList<>(Draft.ancestors(direct));
        others.removeIf(group -> group.name.equals(Draft.ALL));
        others.sort(
                Comparator.<Draft.Group>comparingInt(group -> depth(group, 0))
                        .thenComparingInt(group -> group.priority)
                        .thenComparing(group -> group.name));
        var names = others.stream().map(group -> group.name).toList();
        var variables = new LinkedHashMap<>(draft.group(Draft.ALL).variables);
        for (var group : others) variables.putAll(group.variables);
        files.overlayGroups(List.of(Draft.ALL), variables);
        files.overlayGroups(names, variables);
        return new Inherited(names, variables);
    }

    private Map<String, @Nullable Object> values(Draft.Group group) {
        var variables = new LinkedHashMap<>(group.variables);
        files.overlayGroups(List.of(group.name), variables);
        var values = new LinkedHashMap<String, @Nullable Object>();
        variables.forEach((name, variable) -> values.put(name, variable.value()));
        return Collections.unmodifiableMap(values);
    }

    /** The longest way up to {@code all}, walked no further than the limit. */
    private int depth(Draft.Group group, int below) {
        var known = depths.get(group);
        if (known != null) return known;
        int depth = 0;
        if (below <= draft.limits().groupDepth()) {
            for (var parent : group.parents) depth = Math.max(depth, depth(parent, below + 1) + 1);
        }
        if (Math.max(depth, below) > draft.limits().groupDepth()) {
            throw new Refusal(
                    Problem.Code.TOO_DEEP,
                    Draft.NOWHERE,
                    "more than "
                            + draft.limits().groupDepth()
                            + " groups within each other, down to "
                            + Problem.quoted(group.name),
                    "a flatter hierarchy");
        }
        depths.put(group, depth);
        return depth;
    }
}

package io.quartermaster.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of the inventory.
 *
 * @param hosts names of the hosts that are in it directly
 * @param children names of the groups that are in it directly
 * @param variables what is said of the group itself; secrets are {@link Secret}s
 * @param priority decides between groups of the same depth, 1 unless {@code ansible_group_priority}
 *     says otherwise
 */
public record InventoryGroup(
        String name,
        List<String> hosts,
        List<String> children,
        Map<String, @Nullable Object> variables,
        int priority) {}

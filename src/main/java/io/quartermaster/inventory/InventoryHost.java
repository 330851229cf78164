package io.quartermaster.inventory;

import java.util.List;

/**
 * A host of the inventory.
 *
 * @param groups all groups it is in, without {@code all}, those first whose variables are
 *     overridden by the later ones
 */
public record InventoryHost(
        String name, List<String> groups, Variables variables, Connection connection) {}

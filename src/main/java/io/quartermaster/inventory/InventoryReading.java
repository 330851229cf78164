package io.quartermaster.inventory;

import java.util.List;

/** What became of the texts. */
public sealed interface InventoryReading {

    /**
     * They make an inventory.
     *
     * @param warnings what Ansible would only warn of or pass over in silence, in the order of the
     *     texts
     */
    record Accepted(Inventory inventory, List<Problem> warnings) implements InventoryReading {}

    /** At least one of them is wrong, so none is used. Never empty. */
    record Refused(List<Problem> problems) implements InventoryReading {}
}

package io.quartermaster.schedule;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The scheduled pass: reads the inventory sources again, and gives out what is still waiting. */
@Singleton
public final class Reconciliation {

    private final InventoryPass inventory;
    private final AllocationPass allocation;

    @Inject
    public Reconciliation(InventoryPass inventory, AllocationPass allocation) {
        this.inventory = inventory;
        this.allocation = allocation;
    }

    /** Also what a person asks for when it cannot wait. */
    @Scheduled(
            every = "{quartermaster.reconcile-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    public void run() {
        inventory.run();
        allocation.run();
    }
}

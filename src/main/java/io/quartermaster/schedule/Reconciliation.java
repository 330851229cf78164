package io.quartermaster.schedule;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quartermaster.schedule.provider.ProviderPass;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The scheduled pass: reads the inventory sources again, gives out what is still waiting, and
 * compares what providers made with what there is.
 */
@Singleton
public final class Reconciliation {

    private final InventoryPass inventory;
    private final AllocationPass allocation;
    private final ProviderPass provider;

    @Inject
    public Reconciliation(
            InventoryPass inventory, AllocationPass allocation, ProviderPass provider) {
        this.inventory = inventory;
        this.allocation = allocation;
        this.provider = provider;
    }

    /** Also what a person asks for when it cannot wait. */
    @Scheduled(
            every = "{quartermaster.reconcile-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    public void run() {
        inventory.run();
        allocation.run();
        provider.reconcile();
    }
}

package io.quartermaster.schedule;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What is looked at in the books now and then. */
@Singleton
public final class BookKeeping {
    private final ConservationPass conservation;
    private final SpendingPass spending;

    @Inject
    BookKeeping(ConservationPass conservation, SpendingPass spending) {
        this.conservation = conservation;
        this.spending = spending;
    }

    @Scheduled(
            cron = "{quartermaster.check-books-at}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void checkAtNight() throws InterruptedException {
        conservation.run();
    }

    @Scheduled(
            every = "{quartermaster.look-at-spending-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAtSpending() {
        spending.run();
    }
}

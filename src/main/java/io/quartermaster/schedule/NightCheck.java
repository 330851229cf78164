package io.quartermaster.schedule;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What is checked once a night. */
@Singleton
public final class NightCheck {
    private final ConservationPass conservation;

    @Inject
    NightCheck(ConservationPass conservation) {
        this.conservation = conservation;
    }

    @Scheduled(
            cron = "{quartermaster.check-books-at}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() throws InterruptedException {
        conservation.run();
    }
}

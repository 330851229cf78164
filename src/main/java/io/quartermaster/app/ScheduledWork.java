package io.quartermaster.app;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Lets scheduled work begin when what it looks at is there, which on a new database are the views:
 * after {@link Lifecycle} has started, which comes earlier in the order of priorities.
 */
@Singleton
final class ScheduledWork {

    void onStart(
            @Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent started,
            Scheduler scheduler) {
        scheduler.resume();
    }
}

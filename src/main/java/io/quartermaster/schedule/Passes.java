package io.quartermaster.schedule;

import io.quartermaster.engine.WorkLoop;
import io.quartermaster.schedule.provider.ProviderPass;
import java.time.Duration;
import java.util.List;

/**
 * The passes that go on by themselves: hosts for machines, found or made, looks at hosts, numbers
 * for invoices.
 */
public final class Passes implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final WorkLoop allocating;
    private final WorkLoop providing;
    private final WorkLoop inspecting;
    private final WorkLoop invoicing;

    public Passes(
            AllocationPass allocation,
            ProviderPass provider,
            InspectionPass inspection,
            InvoicingPass invoices) {
        this.allocating =
                new WorkLoop(
                        "allocation",
                        PAUSE,
                        WorkLoop.AND_LATER,
                        () -> {
                            allocation.run();
                            return false;
                        });
        this.providing =
                new WorkLoop(
                        "provider",
                        provider::pause,
                        WorkLoop.AND_LATER,
                        () -> {
                            provider.runWhenRested();
                            return false;
                        });
        this.inspecting =
                new WorkLoop("inspection", PAUSE, WorkLoop.AND_LATER, () -> inspection.run() > 0);
        this.invoicing = new WorkLoop("invoicing", PAUSE, List.of(), () -> invoices.run() > 0);
    }

    /** Starts to run them. */
    public void start() {
        allocating.start();
        providing.start();
        inspecting.start();
        invoicing.start();
    }

    /** Something happened that may let a machine find a host; returns at once. */
    public void wake() {
        allocating.wake();
        providing.wake();
        inspecting.wake();
    }

    @Override
    public void close() {
        allocating.close();
        providing.close();
        inspecting.close();
        invoicing.close();
    }
}

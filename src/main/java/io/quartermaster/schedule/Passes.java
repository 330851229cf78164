package io.quartermaster.schedule;

import io.quartermaster.engine.WorkLoop;
import java.time.Duration;
import java.util.List;

/**
 * The passes that go on by themselves: hosts for machines, looks at hosts, numbers for invoices.
 */
public final class Passes implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final WorkLoop allocating;
    private final WorkLoop inspecting;
    private final WorkLoop invoicing;

    public Passes(AllocationPass allocation, InspectionPass inspection, InvoicingPass invoices) {
        this.allocating =
                new WorkLoop(
                        "allocation",
                        PAUSE,
                        WorkLoop.AND_LATER,
                        () -> {
                            allocation.run();
                            return false;
                        });
        this.inspecting =
                new WorkLoop("inspection", PAUSE, WorkLoop.AND_LATER, () -> inspection.run() > 0);
        this.invoicing = new WorkLoop("invoicing", PAUSE, List.of(), () -> invoices.run() > 0);
    }

    /** Starts to run them. */
    public void start() {
        allocating.start();
        inspecting.start();
        invoicing.start();
    }

    /** Something happened that may let a machine find a host; returns at once. */
    public void wake() {
        allocating.wake();
        inspecting.wake();
    }

    @Override
    public void close() {
        allocating.close();
        inspecting.close();
        invoicing.close();
    }
}

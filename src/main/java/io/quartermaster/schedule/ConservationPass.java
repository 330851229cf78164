package io.quartermaster.schedule;

import io.quartermaster.billing.audit.Audit;
import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Checks that what is metered is what there is. It corrects nothing: that is for people. */
public final class ConservationPass {
    private static final Logger LOG = Logger.getLogger(ConservationPass.class);

    /** What the pass looks at. */
    public interface Sides {

        /** Where the two sides differ as the views have them now. */
        List<Finding> differences();

        /** Waits until all views show what has happened so far. */
        void settle() throws InterruptedException;
    }

    private final Sides sides;
    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;

    /**
     * @param ids gives each command its id
     */
    public ConservationPass(Sides sides, Dispatcher dispatcher, Supplier<UUID> ids) {
        this.sides = sides;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /**
     * Checks, and records what is new.
     *
     * @return the differences that stand
     */
    public List<Finding> run() throws InterruptedException {
        var findings = sides.differences();
        if (!findings.isEmpty()) {
            // Views may have been at different places; what is wrong stays so.
            sides.settle();
            var again = sides.differences();
            findings = findings.stream().filter(again::contains).toList();
        }
        var order = new Order(Audit.STREAM, "", new Audit.Command.Record(findings));
        dispatcher.send(order, Ask.by("system:conservation", ids.get()));
        for (var finding : findings) {
            LOG.errorf(
                    "Usage and fleet differ for %s: the books say '%s', there is '%s';"
                            + " see GET /api/v1/books/findings",
                    finding.resource(), finding.books(), finding.fleet());
        }
        return findings;
    }
}

package io.quartermaster.schedule;

import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.account.Issuer.Document;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Has numbers given to invoices of closed periods. The issuer itself decides, so passes of several
 * replicas at once do no harm.
 */
public final class InvoicingPass {
    private final IntFunction<Map<String, List<Document>>> unissued;
    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;

    /**
     * @param unissued at most so many documents without a number, by issuer
     * @param ids gives each command its id
     */
    public InvoicingPass(
            IntFunction<Map<String, List<Document>>> unissued,
            Dispatcher dispatcher,
            Supplier<UUID> ids) {
        this.unissued = unissued;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /**
     * Numbers what can be numbered now.
     *
     * @return how many numbers were given
     */
    public int run() {
        return unissued.apply(Issuer.AT_ONCE).entrySet().stream()
                .mapToInt(each -> issue(each.getKey(), each.getValue()))
                .sum();
    }

    private int issue(String issuer, List<Document> documents) {
        var stream = new StreamId(Issuer.STREAM, issuer);
        var ask = Ask.by("system:invoicing", ids.get());
        var order = new Order(stream, "", new Issuer.Command.Issue(documents));
        return dispatcher.send(order, ask).events();
    }
}

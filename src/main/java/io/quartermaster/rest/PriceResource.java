package io.quartermaster.rest;

import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.view.ledger.Invoices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What usage costs, from when on. */
@Path("/api/v1/prices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "prices")
public final class PriceResource {
    private final Aggregates aggregates;
    private final Commands commands;
    private final Invoices invoices;

    @Inject
    PriceResource(Aggregates aggregates, Commands commands, Invoices invoices) {
        this.invoices = invoices;
        this.aggregates = aggregates;
        this.commands = commands;
    }

    /** Every price of a book, in the order of publication. */
    record Book(String book, List<PriceBody> prices) {}

    @GET
    @Operation(summary = "Shows the prices for everybody, or a tenant's own")
    public Book get(@QueryParam("book") @DefaultValue(Prices.DEFAULT) String book) {
        Names.check("/book", book);
        var state = aggregates.load(stream(book), PriceBook.class).state();
        return new Book(book, state.published(book).stream().map(PriceBody::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Publishes a price that is valid from an instant on")
    public Book publish(byte[] body, @BeanParam WriteQuery write) {
        var price = Bodies.read(body, PriceBody.class);
        var book = Objects.requireNonNullElse(price.book(), Prices.DEFAULT);
        Names.check("/book", book);
        var read = price.read();
        checkOpen(book, read);
        var publish = new PriceBook.Command.Publish(read);
        commands.send(List.of(new Order(stream(book), "", publish)));
        return get(book);
    }

    /** What is closed stays as it is: a price for it would change nothing, or everything. */
    private void checkOpen(String book, Price price) {
        var known = aggregates.load(stream(book), PriceBook.class).state().prices();
        if (known.contains(price)) return;
        var whose = book.equals(Prices.DEFAULT) ? "" : book;
        var closed = invoices.closedBeyond(price.from(), price.currency(), whose);
        if (closed.isEmpty()) return;
        var detail =
                ("/from: found %s, but the periods of tenant %s are closed up to %s; take that time or"
                                + " a later one")
                        .formatted(price.from(), closed.get().tenant(), closed.get().closedTo());
        throw new Refused(409, "period-closed", detail);
    }

    private static StreamId stream(String book) {
        return new StreamId(PriceBook.STREAM, book);
    }
}

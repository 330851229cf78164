package io.quartermaster.rest;

import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.PeriodClosing;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.rest.request.Waiting;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.rest.table.Csv;
import io.quartermaster.rest.table.CsvAnswers;
import io.quartermaster.view.ledger.InvoiceRow;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.ledger.Invoices.Draft;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Invoices and credit notes: what a tenant has to pay for a period, line by line. */
@Path("/api/v1/invoices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "invoices")
public final class InvoiceResource {
    private static final int MOST = 500;
    private static final Pattern ID = Pattern.compile("(.+)-[0-9]{4}-[0-9]{2}");

    private final Invoices invoices;
    private final Explaining explaining;
    private final Commands commands;
    private final Waiting waiting;
    private final InstantSource clock;

    @Inject
    InvoiceResource(
            Invoices invoices,
            Explaining explaining,
            Commands commands,
            Waiting waiting,
            InstantSource clock) {
        this.invoices = invoices;
        this.explaining = explaining;
        this.commands = commands;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** A page of invoices, for the description of the call. */
    record ListedInvoices(List<InvoiceBody> items, @Nullable String next) {}

    /** A page of lines, for the description of the call. */
    record ListedLines(List<LineBody> items, @Nullable String next) {}

    /**
     * Why an invoice is taken back.
     *
     * @param rebill whether its usage is billed anew with the next period; not unless told
     */
    record Voiding(@Nullable String reason, @Nullable Boolean rebill) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
    @APIResponseSchema(ListedInvoices.class)
    @Operation(
            summary = "Lists invoices and credit notes in the order in which they were made",
            description = "With 'Accept: text/csv' the answer is a table of all of them.")
    public Response list(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context HttpHeaders headers) {
        int items = (int) Parameters.number("limit", limit, 100, 1, MOST);
        long after = Parameters.number("cursor", cursor, 0, 0, Long.MAX_VALUE);
        var whose = tenant == null ? "" : tenant;
        var rows = invoices.list(whose, after, items + 1);
        boolean more = rows.size() > items;
        var shown = more ? rows.subList(0, items) : rows;
        var json =
                new Listed<>(
                        shown.stream().map(InvoiceBody::of).toList(),
                        more ? Long.toString(shown.getLast().position()) : null);
        return CsvAnswers.either(headers, json, CsvAnswers.invoices(invoices, whose));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Shows an invoice or a credit note",
            description = "The one of an open period is a draft: what it would be if it ended now.")
    public InvoiceBody get(@PathParam("id") String id) {
        return invoices.find(id).map(InvoiceBody::of).orElseGet(() -> InvoiceBody.of(draft(id)));
    }

    @GET
    @Path("/{id}/lines")
    @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
    @APIResponseSchema(ListedLines.class)
    @Operation(
            summary = "Lists the lines of an invoice, a draft or a credit note",
            description = "With 'Accept: text/csv' the answer is a table of all of them.")
    public Response lines(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context HttpHeaders headers) {
        int items = (int) Parameters.number("limit", limit, 100, 1, MOST);
        int after = (int) Parameters.number("cursor", cursor, 0, 0, Integer.MAX_VALUE);
        var draft = invoices.find(id).isPresent() ? null : draft(id);
        var rows =
                draft == null
                        ? invoices.lines(id, after, items + 1).stream().map(LineBody::of).toList()
                        : drafted(draft).stream().skip(after).limit(items + 1L).toList();
        boolean more = rows.size() > items;
        var shown = more ? rows.subList(0, items) : rows;
        var json = new Listed<>(shown, more ? Integer.toString(shown.getLast().line()) : null);
        var table = draft == null ? CsvAnswers.lines(invoices, id) : CsvAnswers.lines(draft);
        return CsvAnswers.either(headers, json, table);
    }

    private static List<LineBody> drafted(Draft draft) {
        var lines = new ArrayList<LineBody>();
        for (var entry : draft.invoice().entries()) {
            lines.add(LineBody.of(lines.size() + 1, null, entry.line(), entry.corrects()));
        }
        return lines;
    }

    @GET
    @Path("/{id}/lines/{line}/explain")
    @Operation(summary = "Tells how a line came about: its price, its calculation, its events")
    public Explaining.Explained explain(
            @PathParam("id") String id, @PathParam("line") String number) {
        int line = (int) Parameters.number("line", number, 1, 1, Integer.MAX_VALUE);
        return invoices.lines(id, line - 1, 1).stream()
                .findFirst()
                .map(explaining::explain)
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        "line-unknown",
                                        "there is no such line; list them with GET"
                                                + " /api/v1/invoices/{id}/lines; those of a draft"
                                                + " are explained once its period is closed"));
    }

    @POST
    @Path("/{id}/finalise")
    @Operation(
            summary = "Closes a period that is over before the day of grace has passed",
            description = "With wait the answer comes when the invoice has its number.")
    public Response finalise(@PathParam("id") String id, @BeanParam WriteQuery write) {
        if (invoices.find(id).isEmpty()) close(draft(id));
        var row =
                waiting.until(
                        found -> found.filter(InvoiceResource::isIssued).isPresent(),
                        () -> invoices.find(id),
                        write.patience());
        var response = row.filter(InvoiceResource::isIssued).isPresent() ? 200 : 202;
        // The books may be at work on a large month still: then it is to be seen there in a moment.
        return Response.status(response)
                .location(URI.create("/api/v1/invoices/" + id))
                .entity(row.map(InvoiceBody::of).orElse(null))
                .build();
    }

    private void close(Draft draft) {
        var now = clock.instant();
        if (draft.period().to().isAfter(now)) {
            var detail = "the period ends at " + draft.period().to() + "; now it is " + now;
            throw new Refused(Problem.of(409, "period-not-over", detail));
        }
        var tenant = draft.account().tenant();
        var stream = new StreamId(Account.STREAM, tenant);
        var close = PeriodClosing.close(stream, draft.account().terms(), draft.period());
        commands.send(List.of(new Order(stream, tenant, close)));
    }

    private static boolean isIssued(InvoiceRow row) {
        return row.number() != null || row.lines() == 0;
    }

    @POST
    @Path("/{id}/void")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes an invoice back by a credit note")
    public Response takeBack(@PathParam("id") String id, byte[] body, @BeanParam WriteQuery write) {
        var voiding = Bodies.read(body, Voiding.class);
        var reason = Reason.check(voiding.reason());
        var row = row(id);
        var stream = new StreamId(Account.STREAM, row.tenant());
        var rebill = Boolean.TRUE.equals(voiding.rebill());
        commands.send(
                List.of(
                        new Order(
                                stream,
                                row.tenant(),
                                new AccountCommand.VoidInvoice(id, reason, rebill))));
        return Response.ok(InvoiceBody.of(row(id))).build();
    }

    private InvoiceRow row(String id) {
        return invoices.find(id).orElseThrow(() -> unknown(id));
    }

    /** The draft of an account's open period, if that is what the id says. */
    private Draft draft(String id) {
        var match = ID.matcher(id);
        return invoices.account(match.matches() ? match.group(1) : "")
                .map(found -> invoices.draft(found, clock.instant()))
                .filter(draft -> draft.id().equals(id))
                .orElseThrow(() -> unknown(id));
    }

    private static Refused unknown(String id) {
        var detail = "there is no invoice '%s'; list those that are with GET /api/v1/invoices";
        return new Refused(404, "invoice-unknown", detail.formatted(Problem.excerpt(id)));
    }
}

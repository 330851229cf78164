package io.quartermaster.rest;

import io.quartermaster.billing.export.Focus;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.table.Csv;
import io.quartermaster.view.ledger.Charges;
import io.quartermaster.view.ledger.Charges.Choice;
import io.quartermaster.view.ledger.Invoices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The ledger in the form in which other programs expect costs. */
@Path("/api/v1/exports")
@RunOnVirtualThread
@Tag(name = "exports")
public final class ExportResource {

    /** How many lines were left out since no price was published for them. */
    static final String UNPRICED = "Quartermaster-Unpriced-Lines";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final Charges charges;
    private final Invoices invoices;

    @Inject
    ExportResource(Charges charges, Invoices invoices) {
        this.charges = charges;
        this.invoices = invoices;
    }

    @GET
    @Path("/focus")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(
            summary = "Exports the lines of invoices and credit notes as FOCUS 1.2",
            description =
                    "In the order in which they were made, however many there are. A document is"
                            + " exported whole, so that BilledCost sums up to its total. Lines without a"
                            + " price cannot be rows, since costs are never null there; the header "
                            + UNPRICED
                            + " says how many were left out. The open period is not exported.")
    public Response focus(
            @Parameter(description = "whose; everybody's unless told") @QueryParam("tenant")
                    @Nullable String tenant,
            @Parameter(description = "documents whose period begins then or later")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(description = "documents whose period begins before") @QueryParam("to")
                    @Nullable String to,
            @Parameter(description = "only this one, and the credit note that takes it back")
                    @QueryParam("invoice")
                    @Nullable String invoice) {
        var choice =
                new Choice(
                        Objects.requireNonNullElse(tenant, ""),
                        Objects.requireNonNullElse(invoice, ""),
                        Objects.requireNonNullElse(Parameters.instant("from", from), FIRST),
                        Objects.requireNonNullElse(Parameters.instant("to", to), LAST));
        if (!choice.invoice().isEmpty() && invoices.find(choice.invoice()).isEmpty()) {
            throw unknown(choice.invoice());
        }
        StreamingOutput rows = output -> write(choice, output);
        return Response.ok(rows)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"focus.csv\"")
                .header(UNPRICED, charges.unpriced(choice))
                .build();
    }

    static Refused unknown(String invoice) {
        var detail =
                "there is no invoice '%s'; list those that are with GET /api/v1/invoices"
                        .formatted(Problem.excerpt(invoice));
        return new Refused(404, "invoice-unknown", detail);
    }

    private void write(Choice choice, OutputStream output) throws IOException {
        try (var csv = new Csv(output, Focus.HEADER)) {
            charges.<IOException>read(
                    choice,
                    charge -> {
                        if (Focus.isRow(charge)) csv.add(Focus.row(charge));
                    });
        }
    }
}

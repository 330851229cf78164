package io.quartermaster.rest;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quartermaster.rest.paper.InvoicePaper;
import io.quartermaster.rest.paper.PaperLines;
import io.quartermaster.view.ledger.InvoiceRow;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.ledger.Invoices.Draft;
import io.quartermaster.view.ledger.LedgerRow;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Invoices for people, to be read and printed. */
@Path("/api/v1/invoices/{id}/page")
@RunOnVirtualThread
@Tag(name = "invoices")
public final class InvoicePageResource {
    private static final int PAGE = 500;

    /** Ids are made of the tenant's name and the month. */
    private static final Pattern ID = Pattern.compile("(.+)-\\d{4,}-\\d{2}");

    private final Template template;
    private final Invoices invoices;
    private final InstantSource clock;
    private final String css;
    private final String policy;

    @Inject
    InvoicePageResource(
            @Location("invoice.html") Template template, Invoices invoices, InstantSource clock) {
        this.template = template;
        this.invoices = invoices;
        this.clock = clock;
        this.css = resource("/invoice.css");
        this.policy =
                "default-src 'none'; style-src 'sha256-%s'; base-uri 'none';".formatted(sha256(css))
                        + " form-action 'none'; frame-ancestors 'none'";
    }

    private static String resource(String name) {
        try (var stream = InvoicePageResource.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @GET
    @Produces("text/html;charset=UTF-8")
    @Operation(
            summary = "Shows an invoice, a credit note or a draft as a page to print",
            description = "The id of an open period gives its draft, which is marked as one.")
    public Response page(@PathParam("id") String id) {
        var paper =
                invoices.find(id)
                        .map(this::paper)
                        .or(() -> draft(id).map(this::paper))
                        .orElseThrow(() -> ExportResource.unknown(id));
        return Response.ok(template.data("paper", paper).data("css", css).render())
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    private InvoicePaper paper(InvoiceRow row) {
        var zone = invoices.account(row.tenant()).orElseThrow().terms().zone();
        var lines = new PaperLines(zone);
        List<LedgerRow> page;
        int after = 0;
        do {
            page = invoices.lines(row.id(), after, PAGE);
            for (var line : page) {
                lines.add(line.line());
                after = line.ordinal();
            }
        } while (page.size() == PAGE);
        return InvoicePaper.of(row, lines, zone);
    }

    private Optional<Draft> draft(String id) {
        var parts = ID.matcher(id);
        if (!parts.matches()) return Optional.empty();
        return invoices.account(parts.group(1))
                .map(account -> invoices.draft(account, clock.instant()))
                .filter(draft -> draft.id().equals(id));
    }

    private InvoicePaper paper(Draft draft) {
        var zone = draft.account().terms().zone();
        var lines = new PaperLines(zone);
        draft.invoice().entries().forEach(entry -> lines.add(entry.line()));
        return InvoicePaper.of(draft, lines, zone);
    }
}

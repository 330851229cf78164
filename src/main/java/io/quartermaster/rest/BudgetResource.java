package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.billing.account.Terms.Budget;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.view.ledger.AccountRow;
import io.quartermaster.view.ledger.Invoices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What tenants mean to spend in a month, and what they have spent. */
@Path("/api/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "budgets")
public final class BudgetResource {
    private final Invoices invoices;
    private final InstantSource clock;

    @Inject
    BudgetResource(Invoices invoices, InstantSource clock) {
        this.invoices = invoices;
        this.clock = clock;
    }

    /** All budgets there are. */
    public record Budgets(List<Standing> items) {}

    /**
     * A budget and what is spent of it.
     *
     * @param from where the open period begins
     * @param spent so far, before tax
     * @param percent spent, in hundredths of the budget, rounded down
     * @param policy what happens when all of it is spent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(
            String tenant,
            Instant from,
            Instant to,
            String currency,
            String monthly,
            String spent,
            long percent,
            List<Integer> alertAtPercent,
            String policy) {}

    @GET
    @Operation(summary = "Lists the budgets of all tenants that have one, with what is spent")
    public Budgets list() {
        return new Budgets(
                invoices.accounts().stream().flatMap(each -> standing(each).stream()).toList());
    }

    @GET
    @Path("/{tenant}")
    @Operation(summary = "Shows a tenant's budget, with what is spent")
    public Standing get(@PathParam("tenant") String tenant) {
        return invoices.account(tenant)
                .flatMap(this::standing)
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        "budget-unknown",
                                        ("tenant '%s' has no budget; give it one with spec.budget"
                                                        + " of its manifest")
                                                .formatted(Problem.excerpt(tenant))));
    }

    private Optional<Standing> standing(AccountRow account) {
        return Optional.ofNullable(account.terms().budget())
                .map(budget -> standing(account, budget));
    }

    private Standing standing(AccountRow account, Budget budget) {
        var draft = invoices.draft(account, clock.instant());
        var spent = draft.invoice().net();
        return new Standing(
                account.tenant(),
                draft.period().from(),
                draft.period().to(),
                account.terms().currency(),
                budget.monthly().toPlainString(),
                spent.toPlainString(),
                percent(spent, budget.monthly()),
                budget.alertAtPercent(),
                budget.policy().name().toLowerCase(Locale.ROOT));
    }

    private static long percent(BigDecimal spent, BigDecimal monthly) {
        if (monthly.signum() == 0) return 100;
        return spent.movePointRight(2).divide(monthly, 0, RoundingMode.DOWN).longValue();
    }
}

package io.quartermaster.rest;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Preview;
import io.quartermaster.billing.price.Preview.Fleet;
import io.quartermaster.billing.price.Preview.Moment;
import io.quartermaster.billing.price.Preview.Side;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Status;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.view.Existing;
import io.quartermaster.view.ledger.AccountRow;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.usage.Usage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up what a preview of costs is reckoned from, and says it in the form of answers. */
@Singleton
final class CostPreviews {
    private final TenantPrices prices;
    private final Invoices invoices;
    private final Usage usage;
    private final Existing existing;
    private final InstantSource clock;

    @Inject
    CostPreviews(
            TenantPrices prices,
            Invoices invoices,
            Usage usage,
            Existing existing,
            InstantSource clock) {
        this.prices = prices;
        this.invoices = invoices;
        this.usage = usage;
        this.existing = existing;
        this.clock = clock;
    }

    /**
     * What a change costs; amounts are texts, for a whole month.
     *
     * @param before absent when there is no such deployment yet
     * @param difference absent where one side has no price
     * @param assumptions what it takes for granted, in sentences
     */
    public record Plan(
            String deployment,
            String tenant,
            Instant asOf,
            @Nullable Cost before,
            Cost after,
            @Nullable String difference,
            Coming added,
            Going removed,
            List<String> assumptions) {}

    /**
     * What so many machines cost.
     *
     * @param amount absent where there is no price
     * @param minimumPaidSeconds of each machine, by its class or its price
     * @param minimumPaid what a machine costs at least, absent where there is no price
     */
    public record Cost(
            String machineClass,
            int replicas,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String priceBook,
            @Nullable Integer priceVersion,
            long minimumPaidSeconds,
            @Nullable String minimumPaid) {

        static Cost of(Side side) {
            var price = side.price();
            return new Cost(
                    side.fleet().machineClass(),
                    side.fleet().machines(),
                    text(side.amount()),
                    side.currency(),
                    price == null ? null : price.book(),
                    price == null ? null : price.version(),
                    side.minimumSeconds(),
                    text(side.minimum()));
        }
    }

    /**
     * Machines that come.
     *
     * @param atLeast what they cost, even when they are taken back at once
     */
    public record Coming(int machines, @Nullable String atLeast) {}

    /**
     * Machines that go.
     *
     * @param paidInVain of their minimum paid time, what they are not used for any more
     */
    public record Going(int machines, @Nullable String paidInVain) {}

    Plan of(String name, @Nullable DeploymentSpec before, DeploymentSpec after) {
        var tenant = after.tenant();
        var now = clock.instant();
        var terms = invoices.account(tenant).map(AccountRow::terms);
        var month = month(now, terms);
        var rounding = terms.map(Terms::rounding).orElse(RoundingMode.HALF_UP);
        var preview =
                Preview.of(
                        before == null ? null : fleet(before),
                        fleet(after),
                        prices.byTenant().apply(tenant),
                        present(name, tenant, now),
                        new Moment(now, month, rounding));
        return new Plan(
                name,
                tenant,
                now,
                preview.before() == null ? null : Cost.of(preview.before()),
                Cost.of(preview.after()),
                text(preview.difference()),
                new Coming(preview.added(), text(preview.leastForAdded())),
                new Going(preview.removed(), text(preview.unusedOfRemoved())),
                Preview.assumptions(month));
    }

    private Fleet fleet(DeploymentSpec spec) {
        var name = spec.template().machineClass();
        var least = existing.machineClass(name).map(MachineClass.Spec::minimumPaidSeconds);
        return new Fleet(name, spec.replicas(), least.orElse(0L));
    }

    /** What is in use at this second. */
    private List<Status> present(String deployment, String tenant, Instant now) {
        var end = now.plus(Duration.ofSeconds(1));
        return usage.of(tenant, now, end, end).stream()
                .filter(slice -> slice.meter().equals(Meter.MACHINE) && slice.to().equals(end))
                .map(slice -> slice.status())
                .filter(status -> status.group().equals(deployment))
                .toList();
    }

    private static Month month(Instant now, Optional<Terms> terms) {
        ZoneId zone = terms.map(Terms::zone).orElse(ZoneOffset.UTC);
        var first = now.atZone(zone).toLocalDate().withDayOfMonth(1);
        return new Month(
                first.atStartOfDay(zone).toInstant(),
                first.plusMonths(1).atStartOfDay(zone).toInstant());
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}

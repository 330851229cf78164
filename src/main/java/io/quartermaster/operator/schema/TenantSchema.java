package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quartermaster.manifest.Limits;
import java.util.List;

/** Who owns machines and volumes and pays for them. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("Tenant")
@Plural("tenants")
@ShortNames("qmt")
@Categories("quartermaster")
@JsonClassDescription("Who owns machines and volumes and pays for them.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Standing", jsonPath = ".status.standing", type = Type.STRING)
@AdditionalPrinterColumn(name = "Machines", jsonPath = ".status.machines", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Currency", jsonPath = ".spec.currency", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Storage-Bytes",
        jsonPath = ".status.storageBytes",
        type = Type.INTEGER,
        priority = 1)
public final class TenantSchema extends CustomResource<TenantSchema.Spec, TenantSchema.Status> {

    /** What it may use, and on which terms it pays. */
    @ValidationRule(
            value = "self.currency == oldSelf.currency",
            message = "the account cannot change its currency; use another tenant")
    record Spec(
            @Size(min = 1, max = Limits.DISPLAY_NAME)
                    @JsonPropertyDescription("The tenant's name when absent.")
                    String displayName,
            @Required
                    @Size(min = 3, max = 3)
                    @JsonPropertyDescription("By its code of ISO 4217, EUR.")
                    String currency,
            @Size(min = 1, max = Limits.ZONE)
                    @JsonPropertyDescription(
                            "Of the IANA database, Europe/Berlin; UTC when absent.")
                    String timeZone,
            Quotas quotas,
            Budget budget,
            Billing billing) {}

    /** What it may have at most; any number of what is absent. */
    record Quotas(
            @Min(0) @Max(Limits.MACHINES) Long machines,
            @Min(0) @Max(Limits.STORAGE_GIB) Long storageGiB) {}

    /** What a month may cost, and what happens when it costs more. */
    record Budget(
            @Required
                    @Size(min = 1, max = Limits.DECIMAL)
                    @Pattern(Patterns.MONEY)
                    @JsonPropertyDescription("An amount above 0 in the tenant's currency, 500.00.")
                    String monthly,
            @Size(max = Limits.THRESHOLDS) @JsonPropertyDescription("Each above the one before it.")
                    List<@Min(1) @Max(Limits.THRESHOLD) Integer> alertAtPercent,
            Policy policy,
            @Size(min = 1, max = Limits.URL)
                    @JsonPropertyDescription("An http:// or https:// address that is told.")
                    String webhook) {}

    /** What happens when a budget is used up. */
    enum Policy {
        alert,
        refuse,
        suspend
    }

    /** How invoices are written. */
    record Billing(
            @Size(min = 10, max = 10)
                    @Pattern(Patterns.DAY)
                    @JsonPropertyDescription("The first day of the first month that is billed.")
                    String since,
            @Size(min = 1, max = Limits.DECIMAL) @Pattern(Patterns.PERCENT) String taxPercent,
            @Size(max = Limits.DISCOUNTS) List<Discount> discounts,
            @Size(min = 1, max = Limits.NAME) @Pattern(Patterns.NAME) String issuer,
            Rounding rounding) {}

    /** Taken off every invoice, until then. */
    record Discount(
            @Required @Size(min = 1, max = Limits.DECIMAL) @Pattern(Patterns.PERCENT)
                    String percent,
            @Size(min = 1, max = Limits.INSTANT) @Pattern(Patterns.INSTANT) String until) {}

    /** How amounts are rounded. */
    enum Rounding {
        half_up,
        half_even,
        half_down,
        up,
        down
    }

    /** How it stands. */
    record Status(
            @Min(0) Long observedGeneration,
            @JsonPropertyDescription("One word, for display only.") String phase,
            @JsonPropertyDescription("active, no-machines, nothing-more or closed.")
                    String standing,
            @Min(0) @JsonPropertyDescription("That its deployments want.") Long machines,
            @Min(0) @JsonPropertyDescription("That its volumes have.") Long storageBytes,
            @Size(max = 32) List<ConditionSchema> conditions) {}
}

package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.ZonedDateTime;

/** One aspect of a resource's state, as {@code metav1.Condition} has it, limits included. */
record ConditionSchema(
        @Required
                @Size(max = 316)
                @Pattern(
                        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
                                + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
                @JsonPropertyDescription("What this is about, in CamelCase.")
                String type,
        @Required @JsonPropertyDescription("True, False or Unknown.") Status status,
        @Required
                @Size(min = 1, max = 1024)
                @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
                @JsonPropertyDescription("Why, for programs: one word in CamelCase.")
                String reason,
        @Required @Size(max = 32768) @JsonPropertyDescription("Why, for people; may be empty.")
                String message,
        @Required @JsonPropertyDescription("When the status last changed.")
                ZonedDateTime lastTransitionTime,
        @Min(0) @JsonPropertyDescription("The metadata.generation that this speaks of.")
                long observedGeneration) {

    /** Whether it holds. */
    enum Status {
        True,
        False,
        Unknown
    }
}

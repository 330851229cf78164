package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What went wrong and what to do about it. */
record FailureSchema(
        @Required @JsonPropertyDescription("Stable, lower case with hyphens: step-failed.")
                String code,
        @Required @JsonPropertyDescription("What was found.") String reason,
        @Required @JsonPropertyDescription("What to do.") String remedy) {}

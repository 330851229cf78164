package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.quartermaster.manifest.Limits;
import java.util.Map;

/** A step at its place in a plan: name, limits, and one field named after its kind. */
@ValidationRule(
        value =
                "[has(self.command), has(self.script), has(self.file), has(self.directory),"
                        + " has(self.user), has(self.__package__), has(self.service),"
                        + " has(self.upload), has(self.reboot), has(self.wait),"
                        + " has(self.kubernetes)].exists_one(x, x)",
        message =
                "expected exactly one of command, script, file, directory, user, package, service,"
                        + " upload, reboot, wait, kubernetes")
record StepSchema(
        @Required
                @Size(min = 1, max = Limits.STEP_NAME)
                @JsonPropertyDescription("One line, no other step's name.")
                String name,
        @Size(min = 1, max = Limits.EXPRESSION)
                @JsonPropertyDescription(
                        "An expression; the step is left out where it is not true.")
                String when,
        @Min(1) @Max(Limits.TIMEOUT) Integer timeoutSeconds,
        @Min(0) @Max(Limits.RETRIES) Integer retries,
        @Min(0) @Max(Limits.BACKOFF) Integer backoffSeconds,
        @Size(min = 1, max = Limits.SHELL) @JsonPropertyDescription("How it is taken back, in sh.")
                String undo,
        StepKindSchema.Command command,
        StepKindSchema.Script script,
        StepKindSchema.File file,
        StepKindSchema.Directory directory,
        StepKindSchema.User user,
        @JsonProperty("package") StepKindSchema.Packages packages,
        StepKindSchema.Service service,
        StepKindSchema.Upload upload,
        StepKindSchema.Reboot reboot,
        @JsonProperty("wait") StepKindSchema.Wait await,
        @PreserveUnknownFields
                @JsonPropertyDescription(
                        "Something done to a Kubernetes cluster; the daemon checks its fields.")
                Map<String, Object> kubernetes) {}

package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.quartermaster.manifest.Limits;

/** How one becomes root after signing in. */
@ValidationRule(
        value = "self.method != 'none' || !has(self.passwordSecret)",
        message = "method none needs no password; leave passwordSecret out")
record BecomeSchema(
        @Required Method method,
        @Size(min = 1, max = Limits.SECRET_NAME)
                @Pattern(Patterns.SECRET_NAME)
                @JsonPropertyDescription("Name of the daemon's secret that holds the password.")
                String passwordSecret) {

    /** The programs known. */
    enum Method {
        none,
        sudo,
        doas
    }
}

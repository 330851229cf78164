package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.quartermaster.manifest.Limits;

/** How one signs in; secrets stand here by name only. */
@ValidationRule(
        value =
                "[has(self.privateKeyFile), has(self.secret), has(self.agent),"
                        + " has(self.passwordSecret)].exists_one(x, x)",
        message = "expected exactly one of privateKeyFile, secret, agent, passwordSecret")
@ValidationRule(
        value =
                "has(self.privateKeyFile)"
                        + " || !has(self.certificateFile) && !has(self.passphraseSecret)",
        message = "certificateFile and passphraseSecret go with privateKeyFile only")
@ValidationRule(
        value = "!has(self.agent) || self.agent",
        message = "to use no agent, leave the field out")
record CredentialsSchema(
        @Size(min = 1, max = Limits.PATH)
                @JsonPropertyDescription(
                        "An OpenSSH private key below the directories that the daemon may read.")
                String privateKeyFile,
        @Size(min = 1, max = Limits.PATH)
                @JsonPropertyDescription("An OpenSSH user certificate for it.")
                String certificateFile,
        @Size(min = 1, max = Limits.SECRET_NAME)
                @Pattern(Patterns.SECRET_NAME)
                @JsonPropertyDescription("Name of the daemon's secret that opens the key.")
                String passphraseSecret,
        @Size(min = 1, max = Limits.SECRET_NAME)
                @Pattern(Patterns.SECRET_NAME)
                @JsonPropertyDescription("Name of the daemon's secret that holds a private key.")
                String secret,
        @JsonPropertyDescription("The SSH agent that the daemon can reach.") Boolean agent,
        @Size(min = 1, max = Limits.SECRET_NAME)
                @Pattern(Patterns.SECRET_NAME)
                @JsonPropertyDescription("Name of the daemon's secret that holds the password.")
                String passwordSecret) {}

package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.quartermaster.manifest.Limits;
import java.util.List;

/** The fields of each kind of step. */
interface StepKindSchema {

    /** Anything in sh. */
    record Command(
            @Size(min = 1, max = Limits.SHELL)
                    @JsonPropertyDescription("When this succeeds, there is nothing to do.")
                    String check,
            @Required @Size(min = 1, max = Limits.SHELL) String apply,
            @Size(min = 1, max = Limits.SHELL) String undo)
            implements StepKindSchema {}

    /** A program with its own first line. */
    @ValidationRule(
            value = "has(self.content) != has(self.source)",
            message = "expected exactly one of content, source")
    record Script(
            @Size(max = Limits.CONTENT) String content,
            @Size(min = 1, max = Limits.PATH) String source,
            @Size(max = Limits.ITEMS) List<@Size(max = Limits.ARGUMENT) String> arguments,
            @Size(min = 1, max = Limits.PATH) String creates)
            implements StepKindSchema {}

    /** A file's text and rights. */
    @ValidationRule(
            value = "has(self.content) != has(self.source)",
            message = "expected exactly one of content, source")
    record File(
            @Required @Size(min = 1, max = Limits.PATH) String path,
            @Size(max = Limits.CONTENT) String content,
            @Size(min = 1, max = Limits.PATH) String source,
            @Size(min = 3, max = 4) @Pattern(Patterns.MODE) String mode,
            @Size(min = 1, max = Limits.WORD) String owner,
            @Size(min = 1, max = Limits.WORD) String group)
            implements StepKindSchema {}

    /** A directory and its rights. */
    record Directory(
            @Required @Size(min = 1, max = Limits.PATH) String path,
            @Size(min = 3, max = 4) @Pattern(Patterns.MODE) String mode,
            @Size(min = 1, max = Limits.WORD) String owner,
            @Size(min = 1, max = Limits.WORD) String group)
            implements StepKindSchema {}

    /** An account, its groups and keys. */
    record User(
            @Required @Size(min = 1, max = Limits.WORD) String name,
            @Size(min = 1, max = Limits.PATH) String shell,
            @Size(min = 1, max = Limits.PATH) String home,
            @Size(max = Limits.ITEMS) List<@Size(min = 1, max = Limits.WORD) String> groups,
            @Size(max = Limits.ITEMS)
                    List<@Size(min = 1, max = Limits.AUTHORIZED_KEY) String> authorizedKeys,
            Sudo sudo,
            Boolean system)
            implements StepKindSchema {}

    /** What an account may do as root. */
    enum Sudo {
        none,
        @JsonProperty("with-password")
        with_password,
        @JsonProperty("without-password")
        without_password
    }

    /** Packages of the system's package manager. */
    @ValidationRule(
            value =
                    "has(self.names) && self.names.size() > 0"
                            + " || has(self.files) && self.files.size() > 0",
            message = "found no package; expected names or files")
    record Packages(
            @Size(max = Limits.ITEMS) List<@Size(min = 1, max = Limits.WORD) String> names,
            @Size(max = Limits.ITEMS) List<@Size(min = 1, max = Limits.PATH) String> files,
            State state)
            implements StepKindSchema {}

    /** Which version of a package there shall be. */
    enum State {
        present,
        absent,
        latest
    }

    /** A service of the system's init. */
    record Service(
            @Required @Size(min = 1, max = Limits.WORD) String name,
            @Size(max = Limits.CONTENT) String unit,
            Boolean enabled,
            Boolean running,
            @Size(max = Limits.STEPS) @JsonPropertyDescription("Names of earlier steps.")
                    List<@Size(min = 1, max = Limits.STEP_NAME) String> restartWhen)
            implements StepKindSchema {}

    /** A file of the daemon's side, which may be large. */
    record Upload(
            @Required @Size(min = 1, max = Limits.PATH) String source,
            @Required @Size(min = 1, max = Limits.PATH) String path,
            @Size(min = 3, max = 4) @Pattern(Patterns.MODE) String mode,
            @Size(min = 1, max = Limits.WORD) String owner,
            @Size(min = 1, max = Limits.WORD) String group,
            @Size(min = 1, max = Limits.WORD) String sha256)
            implements StepKindSchema {}

    /** A reboot, always or when something changed. */
    record Reboot(
            @Size(max = Limits.STEPS) @JsonPropertyDescription("Names of earlier steps.")
                    List<@Size(min = 1, max = Limits.STEP_NAME) String> whenChanged)
            implements StepKindSchema {}

    /** Until something is so. */
    @ValidationRule(
            value =
                    "[has(self.tcp), has(self.http), has(self.command),"
                            + " has(self.durationSeconds)].exists_one(x, x)",
            message = "expected exactly one of tcp, http, command, durationSeconds")
    record Wait(
            Tcp tcp,
            Http http,
            @Size(min = 1, max = Limits.SHELL) String command,
            @Min(1) @Max(Limits.TIMEOUT) Integer durationSeconds)
            implements StepKindSchema {}

    /** A port accepts. */
    record Tcp(
            @Size(min = 1, max = Limits.WORD) String host,
            @Required @Min(1) @Max(Limits.PORT) Integer port) {}

    /** A server answers. */
    record Http(
            @Required @Size(min = 1, max = Limits.URL) String url,
            @Min(100) @Max(599) Integer status) {}
}

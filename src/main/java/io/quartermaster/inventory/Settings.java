package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a host's variables, and the SSH arguments among them, set for its connection; placeholders
 * are filled.
 */
final class Settings {
    private static final List<String> ARGUMENTS =
            List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args");

    private final Variables variables;
    private final Placeholders placeholders;
    private final List<SshArguments> arguments = new ArrayList<>();

    /**
     * A variable or option that is set.
     *
     * @param isOpen whether a problem may quote the value
     */
    record Setting(String name, String text, boolean isOpen, Origin origin) {

        /** True or false in any of Ansible's spellings. */
        boolean isTrue() {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "y", "t", "1" -> true;
                case "false", "no", "off", "n", "f", "0", "" -> false;
                default -> throw bad(Problem.Code.BAD_VALUE, "true or false");
            };
        }

        Setting expect(Pattern form, Problem.Code code, String expected) {
            if (form.matcher(text).matches()) return this;
            throw bad(code, expected);
        }

        Refusal bad(Problem.Code code, String expected) {
            var shown = isOpen ? Problem.quoted(text) : "as given";
            return new Refusal(code, origin, name + " " + shown, expected);
        }
    }

    Settings(String host, Variables variables) {
        this.variables = variables;
        this.placeholders = new Placeholders(host, variables);
        for (var name : ARGUMENTS)
            find(name).ifPresent(set -> arguments.add(SshArguments.of(set.text, set.origin)));
    }

    /** In the order in which OpenSSH would see them. */
    List<SshArguments> arguments() {
        return arguments;
    }

    /** Of several names for the same, the last that is set wins, as in Ansible. */
    Optional<Setting> find(String... names) {
        Optional<Setting> found = Optional.empty();
        for (var name : names) {
            var variable = variables.get(name).filter(each -> each.value() != null);
            if (variable.isPresent()) found = Optional.of(setting(name, variable.get()));
        }
        return found;
    }

    /** The variables, else the option of {@code ssh_config} in the arguments. */
    Optional<Setting> findOrOption(String option, String... names) {
        return find(names).or(() -> option(option));
    }

    Optional<Setting> option(String name) {
        return arguments.stream()
                .flatMap(each -> each.option(name).map(text -> option(name, text, each)).stream())
                .findFirst();
    }

    /** A variable as it stands, for those that are no single value. */
    Optional<Variable> raw(String name) {
        return variables.get(name);
    }

    String text(String name, Variable variable) {
        return placeholders.text(name, variable);
    }

    /** What placeholders filled may be a secret; what is one is no text to begin with. */
    private Setting setting(String name, Variable variable) {
        var text = text(name, variable);
        var isOpen = text.equals(String.valueOf(variable.value()));
        return new Setting(name, text, isOpen, variable.origin());
    }

    private static Setting option(String name, String text, SshArguments from) {
        return new Setting(name, text, true, from.origin());
    }
}

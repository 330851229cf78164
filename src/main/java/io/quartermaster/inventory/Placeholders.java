package io.quartermaster.inventory;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{ name }}} in connection variables from the host's other variables. That is as much
 * of Jinja as inventories use there; filters, lookups and statements are refused. Other variables
 * are not touched: they belong to whoever renders templates.
 */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([A-Za-z_]\\w*)\\s*}}");
    private static final int DEPTH = 10;

    private final String host;
    private final Variables variables;

    Placeholders(String host, Variables variables) {
        this.host = host;
        this.variables = variables;
    }

    /** The text of a scalar value. */
    String text(String name, Variable variable) {
        return text(name, variable, 0);
    }

    private String text(String name, Variable variable, int depth) {
        return switch (variable.value()) {
            case String text -> filled(name, text, variable.origin(), depth);
            case Secret secret -> filled(name, secret.reveal(), variable.origin(), depth);
            case Boolean flag -> flag ? "True" : "False";
            case Number number -> number.toString();
            case Vaulted vaulted ->
                    throw new Refusal(
                            Problem.Code.ENCRYPTED,
                            variable.origin(),
                            name + " encrypted with Ansible Vault",
                            "plain text, or the secret in the daemon's secret store");
            case null, default ->
                    throw new Refusal(
                            Problem.Code.BAD_VALUE,
                            variable.origin(),
                            "no single value for " + name,
                            "text or a number");
        };
    }

    private String filled(String name, String text, Origin origin, int depth) {
        if (!text.contains("{{") && !text.contains("{%")) return text;
        if (depth > DEPTH) throw unsupported(name, origin, "names that lead to each other");
        var filled =
                NAME.matcher(text).replaceAll(match -> quote(value(match, name, origin, depth)));
        var rest = NAME.matcher(text).replaceAll("");
        if (rest.contains("{{") || rest.contains("{%"))
            throw unsupported(name, origin, "a filter, lookup or statement");
        return filled;
    }

    private static String quote(String text) {
        return Matcher.quoteReplacement(text);
    }

    private String value(MatchResult match, String name, Origin origin, int depth) {
        var wanted = match.group(1);
        if (wanted.equals("inventory_hostname")) return host;
        if (wanted.equals("inventory_hostname_short")) return host.replaceFirst("\\..*", "");
        var variable =
                variables
                        .get(wanted)
                        .orElseThrow(() -> unsupported(name, origin, "the unknown name " + wanted));
        return text(wanted, variable, depth + 1);
    }

    private static Refusal unsupported(String name, Origin origin, String what) {
        return new Refusal(
                Problem.Code.UNSUPPORTED_TEMPLATE,
                origin,
                what + " in " + name,
                "plain text, or {{ NAME }} of a variable of the host");
    }
}

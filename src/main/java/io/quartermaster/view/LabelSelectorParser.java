package io.quartermaster.view;

import io.quartermaster.view.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads label selectors, one requirement after the other. */
final class LabelSelectorParser {
    private static final int LONGEST = 2048;
    private static final int MOST_REQUIREMENTS = 20;
    private static final int MOST_VALUES = 50;

    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
    private static final Pattern KEY =
            Pattern.compile("([a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?/)?" + NAME);
    private static final Pattern TOKEN =
            Pattern.compile("\\s*([A-Za-z0-9._/-]+|==|!=|[=!,()])\\s*");

    private final String text;
    private final List<String> tokens;
    private int next;

    private LabelSelectorParser(String text) {
        this.text = text;
        this.tokens = tokens(text);
    }

    static List<Requirement> parse(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidQuery(
                    "label-selector-invalid",
                    "labelSelector",
                    "it has " + text.length() + " characters, it may have " + LONGEST);
        }
        return text.isBlank() ? List.of() : new LabelSelectorParser(text).requirements();
    }

    private static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw invalid("a character that means nothing there", at);
            }
            tokens.add(matcher.group(1));
            at = matcher.end();
        }
        return tokens;
    }

    private List<Requirement> requirements() {
        var requirements = new ArrayList<Requirement>();
        do {
            if (requirements.size() == MOST_REQUIREMENTS) {
                throw invalid("more than " + MOST_REQUIREMENTS + " requirements");
            }
            requirements.add(requirement());
        } while (take(","));
        if (next < tokens.size()) throw invalid("'" + tokens.get(next) + "' after a requirement");
        return requirements;
    }

    private Requirement requirement() {
        if (take("!")) return new Requirement.Absent(key());
        var key = key();
        if (take("=") || take("==")) return new Requirement.In(key, List.of(value()));
        if (take("!=")) return new Requirement.NotIn(key, List.of(value()));
        if (take("in")) return new Requirement.In(key, values());
        if (take("notin")) return new Requirement.NotIn(key, values());
        return new Requirement.Exists(key);
    }

    private List<String> values() {
        if (!take("(")) throw invalid("no '(' after in or notin");
        var values = new ArrayList<String>();
        do {
            if (values.size() == MOST_VALUES) throw invalid("more than " + MOST_VALUES + " values");
            values.add(value());
        } while (take(","));
        if (!take(")")) throw invalid("no ')' after the values");
        return values;
    }

    private String key() {
        var key = word();
        if (!KEY.matcher(key).matches())
            throw invalid("'" + key + "' where a label's name belongs");
        return key;
    }

    private String value() {
        var value = word();
        if (!VALUE.matcher(value).matches()) throw invalid("'" + value + "', no label's value");
        return value;
    }

    /** The word at hand, or none where a sign stands or nothing is left. */
    private String word() {
        boolean there = next < tokens.size() && !"=!,()".contains(tokens.get(next).substring(0, 1));
        return there ? tokens.get(next++) : "";
    }

    private boolean take(String token) {
        if (next >= tokens.size() || !tokens.get(next).equals(token)) return false;
        next++;
        return true;
    }

    private InvalidQuery invalid(String found) {
        return invalid(found + " in '" + text + "'", -1);
    }

    private static InvalidQuery invalid(String found, int at) {
        return new InvalidQuery(
                "label-selector-invalid",
                "labelSelector",
                "found "
                        + found
                        + (at < 0 ? "" : " (character " + (at + 1) + ")")
                        + "; right would be: a=b, c!=d, e in (f, g), h notin (i), j, !k");
    }
}

package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads Ansible's INI form into the draft. Lines before the first section are ungrouped hosts;
 * {@code [web]} holds hosts, {@code [web:children]} groups, {@code [web:vars]} variables. Problems
 * of single lines are gathered, so that one reading shows them all.
 *
 * @see <a
 *     href="https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ini_inventory.html">the
 *     ini plugin</a>
 */
final class IniInventory {
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern SECTION =
            Pattern.compile("\\[(?<group>[^:\\]\\s]+)(:(?<kind>\\w+))?\\]\\s*(#.*)?");
    private static final Pattern GROUP = Pattern.compile("(?<group>[^:\\]\\s]+)\\s*(#.*)?");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    private final Source.Ini source;
    private final Draft draft;
    private final List<Problem> problems = new ArrayList<>();

    /** Groups that were mentioned before they were declared, and where. */
    private final Map<String, Mention> mentioned = new LinkedHashMap<>();

    private String group = Draft.UNGROUPED;
    private Section section = Section.HOSTS;

    private enum Section {
        HOSTS,
        CHILDREN,
        VARS
    }

    /** The parents waiting for a group; none when only its variables are there. */
    private record Mention(Origin origin, List<String> parents) {}

    IniInventory(Source.Ini source, Draft draft) {
        this.source = source;
        this.draft = draft;
    }

    List<Problem> read() {
        int number = 0;
        for (var line : LINE_END.split(source.text(), -1)) {
            var origin = new Origin(source.name(), ++number);
            if (problems.size() >= draft.limits().problems()) return problems;
            try {
                readLine(line.strip(), origin);
            } catch (Refusal refusal) {
                problems.add(refusal.problem());
            }
        }
        mentioned.forEach((name, mention) -> problems.add(undefined(name, mention)));
        return problems;
    }

    private void readLine(String line, Origin origin) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) return;
        checkCharacters(line, origin);
        var header = SECTION.matcher(line);
        if (header.matches()) {
            group = EntityName.group(header.group("group"), origin);
            section = kind(header.group("kind") == null ? "hosts" : header.group("kind"), origin);
            declare(origin);
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            throw new Refusal(
                    Problem.Code.NOT_A_SECTION,
                    origin,
                    Problem.quoted(line),
                    "[GROUP], [GROUP:children] or [GROUP:vars], without spaces");
        }
        switch (section) {
            case HOSTS -> host(line, origin);
            case CHILDREN -> child(line, origin);
            case VARS -> variable(line, origin);
        }
    }

    private void checkCharacters(String line, Origin origin) {
        if (line.length() > draft.limits().lineLength()) {
            throw new Refusal(
                    Problem.Code.LINE_TOO_LONG,
                    origin,
                    line.length() + " characters",
                    "at most " + draft.limits().lineLength());
        }
        if (CONTROL.matcher(line).find()) {
            throw new Refusal(
                    Problem.Code.CONTROL_CHARACTER, origin, "a control character", "text in UTF-8");
        }
    }

    private static Section kind(String name, Origin origin) {
        return switch (name) {
            case "hosts" -> Section.HOSTS;
            case "children" -> Section.CHILDREN;
            case "vars" -> Section.VARS;
            default ->
                    throw new Refusal(
                            Problem.Code.NOT_A_SECTION,
                            origin,
                            "a section of kind " + Problem.quoted(name),
                            "[GROUP], [GROUP:children] or [GROUP:vars]");
        };
    }

    /** Hosts or children declare a group; variables alone do not. */
    private void declare(Origin origin) {
        var isNew = !draft.hasGroup(group);
        draft.addGroup(group, origin);
        if (section == Section.VARS) {
            if (isNew) mentioned.putIfAbsent(group, new Mention(origin, new ArrayList<>()));
            return;
        }
        var mention = mentioned.remove(group);
        if (mention == null) return;
        for (var parent : mention.parents) draft.addChild(parent, group, mention.origin);
    }

    private void host(String line, Origin origin) {
        List<String> words;
        try {
            words = Words.ofHostLine(line);
        } catch (Words.OpenQuote e) {
            throw new Refusal(
                    Problem.Code.OPEN_QUOTE,
                    origin,
                    String.valueOf(e.getMessage()),
                    "quotes in pairs");
        }
        var pattern = HostPattern.of(words.getFirst(), origin, draft.limits());
        if (pattern.names().isEmpty()) {
            draft.warn(
                    Problem.Code.BAD_RANGE,
                    origin,
                    "a range that runs backwards in "
                            + Problem.quoted(words.getFirst())
                            + ", so no host",
                    "BEGIN not above END");
        }
        var variables = variables(words, origin);
        for (var name : pattern.names()) {
            draft.addHost(name, group, pattern.port(), origin);
            variables.forEach((key, value) -> draft.setHostVariable(name, key, value, origin));
        }
    }

    private static Map<String, Object> variables(List<String> words, Origin origin) {
        var variables = new LinkedHashMap<String, Object>();
        for (int i = 1; i < words.size(); i++) {
            var equals = words.get(i).indexOf('=');
            if (equals < 0) {
                throw new Refusal(
                        Problem.Code.NOT_KEY_VALUE,
                        origin,
                        "no '=' in word " + (i + 1),
                        "KEY=VALUE after the host, with quotes around values that hold spaces");
            }
            var value = PythonLiteral.valueOf(words.get(i).substring(equals + 1));
            variables.put(words.get(i).substring(0, equals), value);
        }
        return variables;
    }

    private void child(String line, Origin origin) {
        var match = GROUP.matcher(line);
        if (!match.matches()) {
            throw new Refusal(
                    Problem.Code.BAD_NAME, origin, Problem.quoted(line), "the name of one group");
        }
        var name = match.group("group");
        if (draft.hasGroup(name)) draft.addChild(group, name, origin);
        else
            mentioned
                    .computeIfAbsent(name, key -> new Mention(origin, new ArrayList<>()))
                    .parents
                    .add(group);
    }

    private void variable(String line, Origin origin) {
        var equals = line.indexOf('=');
        if (equals < 0) {
            throw new Refusal(
                    Problem.Code.NOT_KEY_VALUE,
                    origin,
                    "a line without '='",
                    "KEY=VALUE, one on each line");
        }
        var value = PythonLiteral.valueOf(line.substring(equals + 1).strip());
        draft.setGroupVariable(group, line.substring(0, equals).strip(), value, origin);
    }

    private static Problem undefined(String name, Mention mention) {
        var found =
                mention.parents.isEmpty()
                        ? "variables of the group "
                                + Problem.quoted(name)
                                + ", which has no section"
                        : "the group "
                                + Problem.quoted(name)
                                + " in ["
                                + mention.parents.getFirst()
                                + ":children], which has no section";
        return new Problem(
                Problem.Code.UNDEFINED_GROUP,
                mention.origin,
                found,
                "a section [" + name + "], maybe empty");
    }
}

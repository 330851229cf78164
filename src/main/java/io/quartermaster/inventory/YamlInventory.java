package io.quartermaster.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads Ansible's YAML form into the draft: a mapping of groups, each with {@code hosts}, {@code
 * children} and {@code vars}.
 *
 * @see <a
 *     href="https://docs.ansible.com/ansible/latest/collections/ansible/builtin/yaml_inventory.html">the
 *     yaml plugin</a>
 */
final class YamlInventory {
    private final YamlText yaml;
    private final Draft draft;
    private final String source;

    YamlInventory(Source.Yaml source, Draft draft) {
        this.source = source.name();
        this.yaml = new YamlText(source.name(), source.text(), draft.limits());
        this.draft = draft;
    }

    void read() {
        var root = yaml.root();
        if (root.isEmpty()) {
            throw new Refusal(
                    Problem.Code.EMPTY,
                    new Origin(source, 0),
                    "an empty document",
                    "at least 'all: {}'; an empty file is more often an accident than a wish");
        }
        var groups = entries(root.get(), "a mapping of groups, as in 'all: {hosts: {web1: }}'");
        for (var group : groups) {
            if (group.key().equals("plugin")) {
                throw new Refusal(
                        Problem.Code.NOT_STATIC,
                        yaml.at(group.keyNode()),
                        "the configuration of an inventory plugin",
                        "a static inventory; run the plugin through ansible-inventory --list");
            }
        }
        for (var group : groups) {
            if (isGroup(group)) readGroup(group, 0);
            else
                ignored(
                        group,
                        "it is not a mapping, so no group",
                        "hosts, children and vars below it");
        }
    }

    private void readGroup(YamlText.Entry entry, int depth) {
        yaml.count(entry.value(), depth);
        var name = EntityName.group(string(entry, "the group name"), yaml.at(entry.keyNode()));
        draft.addGroup(name, yaml.at(entry.keyNode()));
        if (!(entry.value() instanceof MappingNode body)) return;
        for (var part : yaml.entries(body)) {
            switch (part.key()) {
                case "vars" -> readVariables(name, part);
                case "children" -> readChildren(name, part, depth);
                case "hosts" -> readHosts(name, part);
                default ->
                        ignored(
                                part,
                                "it is not known to a group",
                                "'hosts', 'children' or 'vars'");
            }
        }
    }

    private void readVariables(String group, YamlText.Entry part) {
        for (var variable : section(part)) {
            draft.setGroupVariable(
                    group, variable.key(), valueOf(variable), yaml.at(variable.keyNode()));
        }
    }

    private void readChildren(String group, YamlText.Entry part, int depth) {
        for (var child : section(part)) {
            if (!isGroup(child))
                throw notAMapping(child.value(), "a mapping below the group, or nothing");
            readGroup(child, depth + 1);
            draft.addChild(group, child.key(), yaml.at(child.keyNode()));
        }
    }

    private void readHosts(String group, YamlText.Entry part) {
        for (var host : section(part)) {
            var origin = yaml.at(host.keyNode());
            yaml.count(host.keyNode(), 0);
            var pattern = HostPattern.of(string(host, "the host"), origin, draft.limits());
            if (pattern.names().isEmpty()) {
                draft.warn(
                        Problem.Code.BAD_RANGE,
                        origin,
                        "a range that runs backwards in "
                                + Problem.quoted(host.key())
                                + ", so no host",
                        "BEGIN not above END");
            }
            var variables = hostVariables(host);
            for (var name : pattern.names()) {
                draft.addHost(name, group, pattern.port(), origin);
                variables.forEach(
                        (entry, value) ->
                                draft.setHostVariable(
                                        name, entry.key(), value, yaml.at(entry.keyNode())));
            }
        }
    }

    private Map<YamlText.Entry, @Nullable Object> hostVariables(YamlText.Entry host) {
        if (host.value().getTag().equals(Tag.NULL)) return Map.of();
        var variables = new LinkedHashMap<YamlText.Entry, @Nullable Object>();
        for (var entry : entries(host.value(), "the host's variables as KEY: VALUE"))
            variables.put(entry, valueOf(entry));
        return variables;
    }

    /** A section may be empty, or a single name in place of a mapping. */
    private List<YamlText.Entry> section(YamlText.Entry part) {
        var node = part.value();
        if (node.getTag().equals(Tag.NULL)) return List.of();
        if (node instanceof ScalarNode name && name.getTag().equals(Tag.STR)) {
            var nothing =
                    new ScalarNode(
                            Tag.NULL,
                            "",
                            node.getStartMark(),
                            node.getEndMark(),
                            name.getScalarStyle());
            return List.of(new YamlText.Entry(name.getValue(), name, nothing));
        }
        return entries(node, "a mapping: 'NAME:' on each line, not '- NAME'");
    }

    private List<YamlText.Entry> entries(Node node, String expected) {
        if (node instanceof MappingNode mapping) return yaml.entries(mapping);
        throw notAMapping(node, expected);
    }

    private @Nullable Object valueOf(YamlText.Entry entry) {
        return yaml.value(entry.value());
    }

    private Refusal notAMapping(Node node, String expected) {
        var found = "a " + (node instanceof ScalarNode ? "single value" : "list");
        return new Refusal(Problem.Code.NOT_A_MAPPING, yaml.at(node), found, expected);
    }

    private static boolean isGroup(YamlText.Entry entry) {
        return entry.value() instanceof MappingNode || entry.value().getTag().equals(Tag.NULL);
    }

    private String string(YamlText.Entry entry, String what) {
        if (entry.keyNode().getTag().equals(Tag.STR)) return entry.key();
        throw new Refusal(
                Problem.Code.BAD_NAME,
                yaml.at(entry.keyNode()),
                what
                        + " "
                        + Problem.quoted(entry.key())
                        + ", which YAML reads as a number or truth value",
                "quotes around it");
    }

    private void ignored(YamlText.Entry entry, String why, String expected) {
        draft.warn(
                Problem.Code.IGNORED_ENTRY,
                yaml.at(entry.keyNode()),
                Problem.quoted(entry.key()) + " is passed over: " + why,
                expected);
    }
}

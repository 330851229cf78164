package io.quartermaster.inventory;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A YAML document as nodes with lines, turned into values piece by piece. Everything is counted,
 * aliases at each use, so that a small text cannot become a large structure. Nothing but plain
 * values can come out of it, whatever tags the text has.
 */
final class YamlText {
    private final String source;
    private final Limits limits;
    private final Optional<Node> root;
    private int values;

    /** One entry of a mapping, merged ones included. */
    record Entry(String key, Node keyNode, Node value) {}

    YamlText(String source, String text, Limits limits) {
        this.source = source;
        this.limits = limits;
        this.root = Optional.ofNullable(compose(text));
    }

    /** The document; empty when the text holds none. */
    Optional<Node> root() {
        return root.filter(node -> !node.getTag().equals(Tag.NULL));
    }

    Origin at(Node node) {
        return new Origin(source, node.getStartMark().getLine() + 1);
    }

    /** The entries in order, with merge keys resolved; a key that stands there twice is refused. */
    List<Entry> entries(MappingNode mapping) {
        return List.copyOf(entries(mapping, 0).values());
    }

    /** A value of plain Java types, see {@link Variable}. */
    @Nullable Object value(Node node) {
        return value(node, 0);
    }

    /** Counts one more thing made of this node. */
    void count(Node node, int depth) {
        if (depth > limits.valueDepth()) {
            throw new Refusal(
                    Problem.Code.TOO_DEEP,
                    at(node),
                    "more than " + limits.valueDepth() + " levels",
                    "a flatter structure, and no alias within what it stands for");
        }
        if (++values > limits.values()) {
            throw new Refusal(
                    Problem.Code.TOO_MANY_VALUES,
                    at(node),
                    "more than " + limits.values() + " values, each use of an alias counted",
                    "fewer values");
        }
    }

    private @Nullable Node compose(String text) {
        // Nothing is constructed from tags: those that mean more than text are refused where values
        // are read.
        var options = new LoaderOptions();
        options.setCodePointLimit(limits.textLength());
        options.setNestingDepthLimit(limits.valueDepth());
        options.setMaxAliasesForCollections(limits.values());
        options.setTagInspector(tag -> true);
        var dumper = new DumperOptions();
        var yaml =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(dumper),
                        dumper,
                        options,
                        new YamlScalars.PlainScalars());
        try {
            return yaml.compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw unreadable(mark == null ? 0 : mark.getLine() + 1, e.getProblem());
        } catch (YAMLException e) {
            throw unreadable(0, e.getMessage());
        }
    }

    /**
     * The parser's words without what it quotes of the text after "alias" and the like: that may be
     * an unquoted password.
     */
    private Refusal unreadable(int line, @Nullable String problem) {
        var words =
                problem == null
                        ? "no YAML"
                        : problem.replaceAll("(?s)(alias|anchor|handle|tag) .*", "$1");
        return new Refusal(
                Problem.Code.NOT_YAML,
                new Origin(source, line),
                Problem.quoted(words),
                "one YAML document, indented with spaces, with quotes around text that"
                        + " starts with a special character");
    }

    private Map<String, Entry> entries(MappingNode mapping, int depth) {
        count(mapping, depth);
        var merged = new LinkedHashMap<String, Entry>();
        var own = new LinkedHashMap<String, Entry>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode(), merged, depth);
                continue;
            }
            var entry = entry(tuple);
            if (own.put(entry.key, entry) != null) {
                throw new Refusal(
                        Problem.Code.DUPLICATE_KEY,
                        at(entry.keyNode),
                        "the key " + Problem.quoted(entry.key) + " a second time",
                        "each key once; the other is in the mapping that starts at " + at(mapping));
            }
        }
        merged.putAll(own);
        return merged;
    }

    /** Of several mappings to merge, the first that has a key wins. */
    private void merge(Node from, Map<String, Entry> into, int depth) {
        switch (from) {
            case MappingNode mapping -> entries(mapping, depth + 1).forEach(into::putIfAbsent);
            case SequenceNode list -> {
                count(list, depth);
                for (var each : list.getValue()) merge(each, into, depth + 1);
            }
            default -> throw notAMapping(from, "the value of '<<'");
        }
    }

    private Entry entry(NodeTuple tuple) {
        var key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar))
            throw notAMapping(key, "a list or mapping as a key");
        return new Entry(
                String.valueOf(YamlScalars.value(scalar, at(key))), key, tuple.getValueNode());
    }

    private Refusal notAMapping(Node node, String found) {
        return new Refusal(Problem.Code.NOT_A_MAPPING, at(node), found, "KEY: VALUE");
    }

    private @Nullable Object value(Node node, int depth) {
        return switch (node) {
            case ScalarNode scalar -> {
                count(scalar, depth);
                yield YamlScalars.value(scalar, at(scalar));
            }
            case SequenceNode list -> {
                expect(list, Tag.SEQ);
                count(list, depth);
                var copy = new ArrayList<@Nullable Object>();
                for (var each : list.getValue()) copy.add(value(each, depth + 1));
                yield copy;
            }
            case MappingNode mapping -> {
                expect(mapping, Tag.MAP);
                var copy = new LinkedHashMap<String, @Nullable Object>();
                for (var entry : entries(mapping, depth).values())
                    copy.put(entry.key, value(entry.value, depth + 1));
                yield Collections.unmodifiableMap(copy);
            }
            default -> throw YamlScalars.refusedTag(node, at(node));
        };
    }

    private void expect(Node node, Tag tag) {
        if (!node.getTag().equals(tag)) throw YamlScalars.refusedTag(node, at(node));
    }
}

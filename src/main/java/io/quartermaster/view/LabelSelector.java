package io.quartermaster.view;

import java.util.List;
import java.util.Map;

/**
 * What labels must be like, in the syntax of Kubernetes: {@code pool=fra1, tier!=db, role in (web,
 * api), os notin (alpine), gpu, !retired}. All of it must hold.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
 *     and Selectors</a>
 */
public record LabelSelector(List<Requirement> requirements) {

    /** Asks nothing. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** One thing that must hold. */
    public sealed interface Requirement {

        /** The label is there and has one of the values. */
        record In(String key, List<String> values) implements Requirement {}

        /** The label has none of the values, or is not there at all. */
        record NotIn(String key, List<String> values) implements Requirement {}

        /** The label is there. */
        record Exists(String key) implements Requirement {}

        /** The label is not there. */
        record Absent(String key) implements Requirement {}
    }

    /**
     * Reads a selector; an empty one asks nothing.
     *
     * @throws InvalidQuery {@code label-selector-invalid}
     */
    public static LabelSelector parse(String text) {
        return new LabelSelector(LabelSelectorParser.parse(text));
    }

    /** Whether labels are as it asks. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> holds(requirement, labels));
    }

    private static boolean holds(Requirement requirement, Map<String, String> labels) {
        return switch (requirement) {
            case Requirement.In(String key, List<String> values) ->
                    labels.containsKey(key) && values.contains(labels.get(key));
            case Requirement.NotIn(String key, List<String> values) ->
                    !labels.containsKey(key) || !values.contains(labels.get(key));
            case Requirement.Exists(String key) -> labels.containsKey(key);
            case Requirement.Absent(String key) -> !labels.containsKey(key);
        };
    }

    /** Adds its conditions on a column of labels to a filter; keys and values stay values. */
    void restrict(Filter filter, String column) {
        for (var requirement : requirements) {
            switch (requirement) {
                case Requirement.In in -> in(filter, column, in);
                case Requirement.NotIn(String key, List<String> values) ->
                        filter.and("coalesce(" + column + " ->> ? <> ALL (?), true)", key, values);
                // A doubled question mark is the driver's way to write the operator of that name.
                case Requirement.Exists(String key) -> filter.and(column + " ?? ?", key);
                case Requirement.Absent(String key) -> filter.and("NOT " + column + " ?? ?", key);
            }
        }
    }

    /** Containment, because that is what the index on the labels answers. */
    private static void in(Filter filter, String column, Requirement.In in) {
        var one = column + " @> jsonb_build_object(?::text, ?::text)";
        var conditions = in.values().stream().map(value -> one).toList();
        var values =
                in.values().stream()
                        .<Object>mapMulti(
                                (value, each) -> {
                                    each.accept(in.key());
                                    each.accept(value);
                                })
                        .toArray();
        filter.and("(" + String.join(" OR ", conditions) + ")", values);
    }
}

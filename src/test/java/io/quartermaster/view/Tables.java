package io.quartermaster.view;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The read tables as they stand, to be compared. */
final class Tables {
    private static final Map<String, String> KEYS =
            Map.of(
                    "machine", "id",
                    "run", "machine, number",
                    "run_step", "machine, run, step",
                    "host", "name",
                    "deployment", "name",
                    "plan", "name",
                    "plan_revision", "plan, revision",
                    "machine_class", "name");

    private Tables() {}

    /** Every row of every table, in the order of their keys. */
    static Map<String, List<String>> rows(Database database) {
        var all = new TreeMap<String, List<String>>();
        KEYS.forEach(
                (table, key) ->
                        all.put(
                                table,
                                database.list(
                                        "SELECT to_jsonb(t)::text AS text FROM %s t ORDER BY %s"
                                                .formatted(table, key),
                                        row -> row.text("text"))));
        return all;
    }
}

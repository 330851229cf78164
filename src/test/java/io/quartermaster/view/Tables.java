package io.quartermaster.view;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The read tables as they stand, to be compared. */
public final class Tables {
    private static final Map<String, String> KEYS =
            Map.ofEntries(
                    Map.entry("machine", "id"),
                    Map.entry("run", "machine, number"),
                    Map.entry("run_step", "machine, run, step"),
                    Map.entry("host", "name"),
                    Map.entry("deployment", "name"),
                    Map.entry("plan", "name"),
                    Map.entry("plan_revision", "plan, revision"),
                    Map.entry("machine_class", "name"),
                    Map.entry("volume", "name"),
                    Map.entry("tenant", "name"),
                    Map.entry("tenant_holding", "tenant, quota, holder"),
                    Map.entry("tenant_terms", "tenant"),
                    Map.entry("usage_fact", "resource, at, version"),
                    Map.entry("usage_segment", "resource, from_at"),
                    Map.entry("usage_count", "event_id"),
                    Map.entry("price", "book, version"),
                    Map.entry("class_minimum", "class, position"),
                    Map.entry("account", "tenant"),
                    Map.entry("period", "tenant, from_at"),
                    Map.entry("credit", "tenant, id"),
                    Map.entry("invoice", "id"),
                    Map.entry("ledger_line", "id"));

    private Tables() {}

    /** Every row of every table, in the order of their keys. */
    public static Map<String, List<String>> rows(Database database) {
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

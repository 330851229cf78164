package io.quartermaster.view.host;

import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Questions about hosts. */
public final class Hosts {
    private static final String SELECT =
            "SELECT h.*, i.attempted_at, i.failure FROM host h LEFT JOIN inspection i"
                    + " ON i.host = h.name";

    /**
     * As many for each selector, so that a class is not kept waiting by hosts it cannot use. What a
     * provider made is for one machine only.
     */
    private static final String FREE =
            """
            SELECT DISTINCT free.name, free.labels
            FROM (
              SELECT DISTINCT selector FROM machine_class WHERE spec ->> 'provider' = 'inventory'
            ) c CROSS JOIN LATERAL (
              SELECT name, labels FROM host
              WHERE state = 'available' AND labels @> c.selector AND source NOT LIKE 'provider:%'
              ORDER BY name LIMIT ?) free
            ORDER BY free.name""";

    private final Database database;

    public Hosts(Database database) {
        this.database = database;
    }

    /** One host, also a retired one; or empty when there never was such a host. */
    public Optional<HostRow> get(String name) {
        return database.one(SELECT + " WHERE h.name = ?", HostRow::read, name);
    }

    /** Hosts by name; retired ones only when that state is asked for. */
    public Page<HostRow> list(Listing listing) {
        var filter = new Filter().and(listing, "h.name", "h.labels");
        if (listing.state() == null) filter.and("h.standing <> 'retired'");
        else filter.and("h.state = ?", listing.state());
        var sql = SELECT + filter.where() + " ORDER BY h.name LIMIT ?";
        var rows = database.list(sql, HostRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, HostRow::name);
    }

    /**
     * Hosts that could take a machine of some class, by name; at most {@code limitPerClass} for
     * each.
     */
    public List<Free> free(int limitPerClass) {
        return database.list(
                FREE, row -> new Free(row.text("name"), row.labels("labels")), limitPerClass);
    }

    /** The hosts that come from a source, each with the machine on it. */
    public Map<String, Optional<String>> from(String source) {
        var found = new TreeMap<String, Optional<String>>();
        database.list(
                "SELECT name, machine FROM host WHERE source = ? AND state <> 'retired'",
                row -> found.put(row.text("name"), Optional.ofNullable(row.maybeText("machine"))),
                source);
        return found;
    }

    /** How many hosts are in each state, retired ones apart. */
    public Map<String, Long> countByState() {
        return database.count(
                "SELECT state AS word, count(*) FROM host WHERE state <> 'retired' GROUP BY 1");
    }
}

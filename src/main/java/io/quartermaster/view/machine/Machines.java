package io.quartermaster.view.machine;

import io.quartermaster.deployment.Allocation.Waiting;
import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about machines. */
public final class Machines {
    private static final String SELECT = "SELECT " + MachineRow.COLUMNS + " FROM machine";

    /**
     * As many of each class, so that a class without a free host keeps no other waiting. A machine
     * for which a host is reserved already is about to be allocated.
     */
    private static final String WAITING =
            """
            SELECT m.id, c.selector
            FROM machine_class c CROSS JOIN LATERAL (
              SELECT id, created_at FROM machine
              WHERE phase = 'requested' AND class = c.name
                AND NOT EXISTS (SELECT FROM host WHERE host.machine = machine.id)
              ORDER BY created_at, id LIMIT ?) m
            WHERE c.spec ->> 'provider' = 'inventory'
            ORDER BY m.created_at, m.id""";

    private final Database database;

    public Machines(Database database) {
        this.database = database;
    }

    /** One machine, also a released one; or empty when there never was such a machine. */
    public Optional<MachineRow> get(String id) {
        return database.one(SELECT + " WHERE id = ?", MachineRow::read, id);
    }

    /** Machines by id; released ones only when that state is asked for. */
    public Page<MachineRow> list(Listing listing) {
        return list(new Filter(), listing);
    }

    /** Machines of a deployment, by id; released ones only when that state is asked for. */
    public Page<MachineRow> ofDeployment(String deployment, Listing listing) {
        return list(new Filter().and("deployment = ?", deployment), listing);
    }

    /** All machines of a deployment that are not released, by id. */
    public List<MachineRow> allOf(String deployment) {
        return database.list(
                SELECT + " WHERE deployment = ? AND phase <> 'released' ORDER BY id",
                MachineRow::read,
                deployment);
    }

    /** Ids of the machines of a deployment whose release failed or waits. */
    public List<String> stuckOf(String deployment) {
        return database.list(
                "SELECT id FROM machine WHERE deployment = ? AND release_reason IS NOT NULL"
                        + " AND (phase = 'failed' OR phase = 'releasing' AND waiting IS NOT NULL)",
                row -> row.text("id"),
                deployment);
    }

    private Page<MachineRow> list(Filter filter, Listing listing) {
        filter.and(listing, "id", "labels");
        if (listing.state() == null) filter.and("phase <> 'released'");
        else filter.and("phase = ?", listing.state());
        var sql = SELECT + filter.where() + " ORDER BY id LIMIT ?";
        var rows = database.list(sql, MachineRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, MachineRow::id);
    }

    /**
     * Machines that wait for a host of the inventory, longest first, at most {@code limitPerClass}
     * of each class.
     */
    public List<Waiting> waiting(int limitPerClass) {
        return database.list(
                WAITING, row -> new Waiting(row.text("id"), row.labels("selector")), limitPerClass);
    }

    /** How many machines are in each phase, released ones apart. */
    public Map<String, Long> countByPhase() {
        return database.count(
                "SELECT phase AS word, count(*) FROM machine WHERE phase <> 'released' GROUP BY 1");
    }
}

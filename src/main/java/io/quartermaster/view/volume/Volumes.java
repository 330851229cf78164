package io.quartermaster.view.volume;

import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.Optional;
import java.util.Set;

/** Questions about volumes. */
public final class Volumes {

    /** What a list may be narrowed to. */
    public static final Set<String> PHASES = Set.of("creating", "present", "deleting");

    private final Database database;

    public Volumes(Database database) {
        this.database = database;
    }

    /** One volume, or empty when there is none of that name. */
    public Optional<VolumeRow> get(String name) {
        var sql = "SELECT * FROM volume WHERE name = ? AND phase <> 'gone'";
        return database.one(sql, VolumeRow::read, name);
    }

    /** Volumes by name. */
    public Page<VolumeRow> list(Listing listing) {
        var filter = new Filter().and(listing, "name", "labels").and("phase <> 'gone'");
        if (listing.state() != null) filter.and("phase = ?", listing.state());
        var sql = "SELECT * FROM volume" + filter.where() + " ORDER BY name LIMIT ?";
        var rows = database.list(sql, VolumeRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, VolumeRow::name);
    }
}

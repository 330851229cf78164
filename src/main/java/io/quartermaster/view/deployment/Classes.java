package io.quartermaster.view.deployment;

import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.Optional;

/** Questions about machine classes. */
public final class Classes {
    private final Database database;

    public Classes(Database database) {
        this.database = database;
    }

    /** One class, or empty when there is none of that name. */
    public Optional<ClassRow> get(String name) {
        return database.one("SELECT * FROM machine_class WHERE name = ?", ClassRow::read, name);
    }

    /**
     * Classes by name.
     *
     * @param listing its state does not count: classes have none
     */
    public Page<ClassRow> list(Listing listing) {
        var filter = new Filter().and(listing, "name", "labels");
        var sql = "SELECT * FROM machine_class" + filter.where() + " ORDER BY name LIMIT ?";
        var rows = database.list(sql, ClassRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, ClassRow::name);
    }
}

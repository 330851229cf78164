package io.quartermaster.view;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which names exist, for whoever has to check references before commands are sent. */
public final class References {
    private final Database database;

    public References(Database database) {
        this.database = database;
    }

    /** Those of the names that are hosts, and not retired. */
    public Set<String> hosts(Collection<String> names) {
        return found("SELECT name FROM host WHERE name = ANY (?) AND state <> 'retired'", names);
    }

    /** Those of the names that are machine classes. */
    public Set<String> classes(Collection<String> names) {
        return found("SELECT name FROM machine_class WHERE name = ANY (?)", names);
    }

    /** Those of the names that are plans, and not deleted. */
    public Set<String> plans(Collection<String> names) {
        return found("SELECT name FROM plan WHERE name = ANY (?) AND NOT deleted", names);
    }

    /** Those of the names that are deployments. */
    public Set<String> deployments(Collection<String> names) {
        return found("SELECT name FROM deployment WHERE name = ANY (?)", names);
    }

    private Set<String> found(String sql, Collection<String> names) {
        return new TreeSet<>(database.list(sql, row -> row.text("name"), names));
    }
}

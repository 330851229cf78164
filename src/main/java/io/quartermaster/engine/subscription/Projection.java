package io.quartermaster.engine.subscription;

import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Read tables made of events. Every build of a projection has a database schema of its own, in
 * which {@link #tables()} are made and to which {@link #apply} writes under their plain names. When
 * a new build has caught up, views of the same names in the public schema are switched to it in one
 * transaction; queries read the views and notice nothing.
 */
public interface Projection {

    /** Stable, lower case with hyphens: {@code machine-table}. */
    String name();

    /** Counts up whenever tables or {@link #apply} change: the tables are then built anew. */
    int version();

    /** Sealed roots of the events it needs. */
    Set<Class<?>> eventRoots();

    /** The statements that create its tables and their indexes, without a schema in the names. */
    List<String> tables();

    /** Writes what follows from an event, to its own tables only. */
    void apply(Envelope<?> event, SqlTx tx) throws SQLException;
}

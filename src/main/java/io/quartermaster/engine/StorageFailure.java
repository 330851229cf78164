package io.quartermaster.engine;

import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL could not be reached or refused a statement; no rule of ours was broken. */
public final class StorageFailure extends RuntimeException {
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

    /** By an operator, a crash, a start under way; for being idle, in a transaction or not. */
    private static final Set<String> ENDS = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");

    private final String sqlState;

    public StorageFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        sqlState = cause.getSQLState() == null ? "08000" : cause.getSQLState();
    }

    /**
     * Whether the connection went away: what was being committed may be committed or not, and may
     * be tried again only if doing it twice does no harm.
     */
    public boolean isOutcomeUnknown() {
        return sqlState.startsWith("08") || ENDS.contains(sqlState);
    }

    /** Whether the transaction was rolled back only because of others at the same time. */
    public boolean isLostRace() {
        return LOST_RACES.contains(sqlState);
    }

    /** Whether the values were at fault, so that other values may succeed. */
    public boolean isBadData() {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
    }
}

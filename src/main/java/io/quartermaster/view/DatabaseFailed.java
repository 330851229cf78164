package io.quartermaster.view;

import java.sql.SQLException;

/** The database could not be asked, or did not answer. Trying again may help. */
public final class DatabaseFailed extends RuntimeException {

    public DatabaseFailed(SQLException cause) {
        super("the database did not answer: " + cause.getMessage(), cause);
    }
}

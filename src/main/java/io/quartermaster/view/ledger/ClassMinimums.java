package io.quartermaster.view.ledger;

import io.quartermaster.billing.price.Minimums;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The minimum paid times of machine classes, each from when on it is valid. */
final class ClassMinimums {
    private static final String ADD =
            "INSERT INTO class_minimum (class, position, at, seconds) VALUES (?, ?, ?, ?)";
    private static final String ALL =
            "SELECT class, at, seconds FROM class_minimum ORDER BY position";

    private ClassMinimums() {}

    static void apply(Envelope<?> envelope, MachineClass.Event event, SqlTx tx) {
        switch (event) {
            case MachineClass.Event.Defined(MachineClass.Spec spec) ->
                    add(envelope, spec.minimumPaidSeconds(), tx);
            case MachineClass.Event.Deleted ignored -> add(envelope, 0, tx);
            case MachineClass.Event.Subscribed ignored -> {}
            case MachineClass.Event.Unsubscribed ignored -> {}
        }
    }

    private static void add(Envelope<?> envelope, long seconds, SqlTx tx) {
        var name = envelope.stream().key();
        tx.update(ADD, name, envelope.position(), envelope.effectiveAt(), seconds);
    }

    static Minimums read(Connection connection) throws SQLException {
        var all = new HashMap<String, NavigableMap<Instant, Long>>();
        Database.query(
                connection,
                ALL,
                row ->
                        all.computeIfAbsent(row.getString(1), name -> new TreeMap<>())
                                        .put(Database.instant(row, 2), row.getLong(3))
                                != null);
        return new Minimums(all);
    }
}

package io.quartermaster.view.deployment;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Machine classes as they are. */
public final class ClassTable implements Projection {
    private static final String DEFINED =
            """
            INSERT INTO machine_class (name, tenant, spec, selector, labels, version, created_at,
              updated_at)
            VALUES (?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              spec = excluded.spec, selector = excluded.selector, labels = excluded.labels,
              version = excluded.version, updated_at = excluded.updated_at""";
    private static final String SUBSCRIBED =
            """
            UPDATE machine_class SET users = array_append(users, ?), version = ?, updated_at = ?
            WHERE name = ?""";
    private static final String UNSUBSCRIBED =
            """
            UPDATE machine_class SET users = array_remove(users, ?), version = ?, updated_at = ?
            WHERE name = ?""";
    private static final String DELETED = "DELETE FROM machine_class WHERE name = ?";

    private final Json json;

    public ClassTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "class-table";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(MachineClass.Event.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var name = envelope.stream().key();
        var version = envelope.version();
        var at = envelope.recordedAt();
        switch ((MachineClass.Event) envelope.event()) {
            case MachineClass.Event.Defined(MachineClass.Spec spec) -> define(envelope, spec, tx);
            case MachineClass.Event.Subscribed(String deployment) ->
                    tx.update(SUBSCRIBED, deployment, version, at, name);
            case MachineClass.Event.Unsubscribed(String deployment) ->
                    tx.update(UNSUBSCRIBED, deployment, version, at, name);
            case MachineClass.Event.Deleted ignored -> tx.update(DELETED, name);
        }
    }

    private void define(Envelope<?> envelope, MachineClass.Spec spec, SqlTx tx)
            throws SQLException {
        var at = envelope.recordedAt();
        tx.update(
                DEFINED,
                envelope.stream().key(),
                envelope.tenant(),
                json.write(spec),
                json.write(spec.selector()),
                json.write(spec.labels()),
                envelope.version(),
                at,
                at);
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE machine_class (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  spec jsonb NOT NULL,
                  selector jsonb NOT NULL,
                  labels jsonb NOT NULL,
                  users text[] NOT NULL DEFAULT '{}',
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                )""");
    }
}

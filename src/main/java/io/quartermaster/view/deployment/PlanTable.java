package io.quartermaster.view.deployment;

import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Plans, and every revision that they ever had: machines keep theirs. */
public final class PlanTable implements Projection {
    private static final String REVISED =
            """
            INSERT INTO plan (name, tenant, revision, labels, version, created_at, updated_at)
            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              revision = excluded.revision, labels = excluded.labels, deleted = false,
              version = excluded.version, updated_at = excluded.updated_at""";
    private static final String REVISION =
            """
            INSERT INTO plan_revision (plan, revision, spec, created_at)
            VALUES (?, ?, ?::jsonb, ?)""";
    private static final String SUBSCRIBED =
            """
            UPDATE plan SET users = array_append(users, ?), version = ?, updated_at = ?
            WHERE name = ?""";
    private static final String UNSUBSCRIBED =
            """
            UPDATE plan SET users = array_remove(users, ?), version = ?, updated_at = ?
            WHERE name = ?""";
    private static final String DELETED =
            "UPDATE plan SET deleted = true, version = ?, updated_at = ? WHERE name = ?";

    private final Json json;

    public PlanTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "plan-table";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(PlanEvent.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var plan = envelope.stream().key();
        var version = envelope.version();
        var at = envelope.recordedAt();
        switch ((PlanEvent) envelope.event()) {
            case PlanEvent.Revised(int revision, PlanSpec spec) -> {
                var labels = json.write(spec.labels());
                tx.update(REVISED, plan, envelope.tenant(), revision, labels, version, at, at);
                tx.update(REVISION, plan, revision, json.write(spec), at);
            }
            case PlanEvent.Subscribed subscribed ->
                    tx.update(SUBSCRIBED, subscribed.deployment(), version, at, plan);
            case PlanEvent.Unsubscribed(String deployment) ->
                    tx.update(UNSUBSCRIBED, deployment, version, at, plan);
            case PlanEvent.Deleted ignored -> tx.update(DELETED, version, at, plan);
        }
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE plan (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  revision int NOT NULL,
                  labels jsonb NOT NULL,
                  users text[] NOT NULL DEFAULT '{}',
                  deleted boolean NOT NULL DEFAULT false,
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                )""",
                "CREATE INDEX plan_labels ON plan USING gin (labels)",
                """
                CREATE TABLE plan_revision (
                  plan text NOT NULL,
                  revision int NOT NULL,
                  spec jsonb NOT NULL,
                  created_at timestamptz NOT NULL,
                  PRIMARY KEY (plan, revision)
                )""");
    }
}

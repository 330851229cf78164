package io.quartermaster.view.deployment;

import io.quartermaster.deployment.DeploymentEvent;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import io.quartermaster.view.StreamRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Deployments as they are; a deleted one leaves its name, its past is in the log. */
public final class DeploymentTable implements Projection {
    private static final StreamRow ROW = new StreamRow("deployment", "name");
    private static final String CREATED =
            """
            INSERT INTO deployment (name, tenant, replicas, template, labels, version,
              created_at, updated_at)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)""";
    private static final String CHANGED =
            """
            revision = CASE WHEN template -> 'plan' = ?::jsonb -> 'plan' THEN revision ELSE 0 END,
              replicas = ?, template = ?::jsonb, labels = ?::jsonb, generation = generation + 1""";
    private static final String SCALED = "replicas = ?, generation = generation + 1";
    private static final String REVISION = "revision = ?";
    private static final String DELETING = "deleting = true";
    private static final String DELETED = "DELETE FROM deployment WHERE name = ?";

    private final Json json;

    public DeploymentTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "deployment-table";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(DeploymentEvent.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        switch ((DeploymentEvent) envelope.event()) {
            case DeploymentEvent.Created(DeploymentSpec spec) -> create(envelope, spec, tx);
            case DeploymentEvent.Changed(DeploymentSpec spec) -> {
                var template = json.write(spec.template());
                var labels = json.write(spec.labels());
                ROW.change(envelope, tx, CHANGED, template, spec.replicas(), template, labels);
            }
            case DeploymentEvent.Scaled(int replicas) -> ROW.change(envelope, tx, SCALED, replicas);
            case DeploymentEvent.RevisionAdopted adopted ->
                    ROW.change(envelope, tx, REVISION, adopted.revision());
            case DeploymentEvent.Restarted ignored -> ROW.touch(envelope, tx);
            case DeploymentEvent.DeleteRequested ignored -> ROW.change(envelope, tx, DELETING);
            case DeploymentEvent.Deleted ignored ->
                    tx.updateOf(envelope.stream(), DELETED, envelope.stream().key());
        }
    }

    private void create(Envelope<?> envelope, DeploymentSpec spec, SqlTx tx) throws SQLException {
        var at = envelope.recordedAt();
        tx.updateOf(
                envelope.stream(),
                CREATED,
                envelope.stream().key(),
                spec.tenant(),
                spec.replicas(),
                json.write(spec.template()),
                json.write(spec.labels()),
                envelope.version(),
                at,
                at);
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE deployment (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  replicas int NOT NULL,
                  template jsonb NOT NULL,
                  labels jsonb NOT NULL,
                  revision int NOT NULL DEFAULT 0,
                  generation bigint NOT NULL DEFAULT 1,
                  deleting boolean NOT NULL DEFAULT false,
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                )""",
                "CREATE INDEX deployment_labels ON deployment USING gin (labels)",
                "CREATE INDEX deployment_of_tenant ON deployment (tenant, name)");
    }
}

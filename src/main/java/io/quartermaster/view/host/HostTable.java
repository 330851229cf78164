package io.quartermaster.view.host;

import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.view.Json;
import io.quartermaster.view.StreamRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Hosts as they are; retired ones stay, as such. */
public final class HostTable implements Projection {
    private static final StreamRow ROW = new StreamRow("host", "name");
    private static final String ENROLLED =
            """
            INSERT INTO host (name, tenant, spec, labels, bastion, source, keys, version,
              created_at, updated_at)
            VALUES (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              spec = excluded.spec, labels = excluded.labels, bastion = excluded.bastion,
              source = excluded.source, keys = excluded.keys, facts = NULL, machine = NULL,
              occupancy = 'vacant', standing = 'good', standing_code = NULL,
              standing_reason = NULL, version = excluded.version,
              created_at = excluded.created_at, updated_at = excluded.updated_at""";
    private static final String SPEC =
            """
            spec = ?::jsonb, labels = ?::jsonb, bastion = ?, source = ?,
              keys = coalesce(?::jsonb, keys)""";
    private static final String KEYS = "keys = ?::jsonb";
    private static final String FACTS = "facts = ?::jsonb";
    private static final String OCCUPANCY = "occupancy = ?, machine = ?";
    private static final String STANDING = "standing = ?, standing_code = ?, standing_reason = ?";

    private final Json json;

    public HostTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "host-table";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(HostEvent.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        switch ((HostEvent) envelope.event()) {
            case HostEvent.Enrolled(HostSpec spec, String source) ->
                    enrol(envelope, spec, source, tx);
            case HostEvent.SpecChanged(HostSpec spec, String source) ->
                    respecify(envelope, spec, source, tx);
            case HostEvent.KeyPinned pinned ->
                    ROW.change(envelope, tx, KEYS, json.write(List.of(pinned.key())));
            case HostEvent.KeysForgotten ignored -> ROW.change(envelope, tx, KEYS, "[]");
            case HostEvent.Inspected inspected ->
                    ROW.change(envelope, tx, FACTS, json.write(inspected.facts()));
            case HostEvent.Reserved(String machine) ->
                    ROW.change(envelope, tx, OCCUPANCY, "reserved", machine);
            case HostEvent.ReservationRefused ignored -> ROW.touch(envelope, tx);
            case HostEvent.Occupied(String machine) ->
                    ROW.change(envelope, tx, OCCUPANCY, "in use", machine);
            case HostEvent.CleaningStarted(String machine) ->
                    ROW.change(envelope, tx, OCCUPANCY, "cleaning", machine);
            case HostEvent.Freed ignored -> ROW.change(envelope, tx, OCCUPANCY, "vacant", null);
            case HostEvent.Quarantined(String code, String reason) ->
                    ROW.change(envelope, tx, STANDING, "quarantined", code, reason);
            case HostEvent.QuarantineLifted ignored ->
                    ROW.change(envelope, tx, STANDING, "good", null, null);
            case HostEvent.MaintenanceStarted(String reason) ->
                    ROW.change(envelope, tx, STANDING, "maintenance", null, reason);
            case HostEvent.MaintenanceEnded ignored ->
                    ROW.change(envelope, tx, STANDING, "good", null, null);
            case HostEvent.Retired(String reason) ->
                    ROW.change(envelope, tx, STANDING, "retired", null, reason);
        }
    }

    private void enrol(Envelope<?> envelope, HostSpec spec, String source, SqlTx tx)
            throws SQLException {
        var at = envelope.recordedAt();
        tx.updateOf(
                envelope.stream(),
                ENROLLED,
                envelope.stream().key(),
                envelope.tenant(),
                json.write(spec),
                json.write(spec.labels()),
                spec.bastion(),
                source,
                json.write(spec.hostKeys()),
                envelope.version(),
                at,
                at);
    }

    private void respecify(Envelope<?> envelope, HostSpec spec, String source, SqlTx tx)
            throws SQLException {
        var keys = spec.hostKeys().isEmpty() ? null : json.write(spec.hostKeys());
        var labels = json.write(spec.labels());
        ROW.change(envelope, tx, SPEC, json.write(spec), labels, spec.bastion(), source, keys);
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE host (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  spec jsonb NOT NULL,
                  labels jsonb NOT NULL,
                  bastion text,
                  source text NOT NULL,
                  keys jsonb NOT NULL,
                  facts jsonb,
                  occupancy text NOT NULL DEFAULT 'vacant',
                  machine text,
                  standing text NOT NULL DEFAULT 'good',
                  standing_code text,
                  standing_reason text,
                  state text NOT NULL GENERATED ALWAYS AS (
                    CASE
                      WHEN standing <> 'good' THEN standing
                      WHEN occupancy <> 'vacant' THEN occupancy
                      WHEN facts IS NULL THEN 'enrolled'
                      ELSE 'available'
                    END) STORED,
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                ) WITH (fillfactor = 70)""",
                "CREATE INDEX host_labels ON host USING gin (labels)",
                // Enough to know how rare each label is, so that rare ones are looked up.
                "ALTER TABLE host ALTER COLUMN labels SET STATISTICS 1000",
                "CREATE INDEX host_in_state ON host (state, name)",
                "CREATE INDEX host_of_provider ON host (name) WHERE source LIKE 'provider:%'",
                "CREATE INDEX host_of_machine ON host (machine) WHERE machine IS NOT NULL");
    }
}

package io.quartermaster.view.volume;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.Volume.Gone;
import io.quartermaster.volume.Volume.Live;
import io.quartermaster.volume.Volume.None;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Volumes as they are. Sightings may come late, and only the rules know what they then mean, so the
 * state is folded by them and kept beside what is asked for.
 */
public final class VolumeTable implements Projection {
    private static final String LOAD = "SELECT state FROM volume WHERE name = ?";
    private static final String SAVE =
            """
            INSERT INTO volume (name, tenant, phase, spec, labels, machine, seen_at, seen_version,
              state, version, created_at, updated_at)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              tenant = excluded.tenant, phase = excluded.phase, spec = excluded.spec,
              labels = excluded.labels, machine = excluded.machine, seen_at = excluded.seen_at,
              seen_version = excluded.seen_version, state = excluded.state,
              version = excluded.version, updated_at = excluded.updated_at""";
    private static final String GONE =
            """
            INSERT INTO volume (name, tenant, phase, spec, labels, state, version, created_at,
              updated_at)
            VALUES (?, ?, 'gone', '{}', '{}', ?::jsonb, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              phase = excluded.phase, machine = NULL, state = excluded.state,
              version = excluded.version, updated_at = excluded.updated_at""";

    private final Json json;
    private final VolumeDecider rules = new VolumeDecider();

    public VolumeTable(Json json) {
        this.json = json;
    }

    /** The state, with the one that it is named: JSON has no sealed types. */
    record Kept(@Nullable Live live, @Nullable Gone gone) {

        static Kept of(Volume volume) {
            return switch (volume) {
                case Live live -> new Kept(live, null);
                case Gone gone -> new Kept(null, gone);
                case None ignored -> new Kept(null, null);
            };
        }

        Volume volume() {
            if (live != null) return live;
            return gone != null ? gone : new None();
        }
    }

    @Override
    public String name() {
        return "volume-table";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(VolumeEvent.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var name = envelope.stream().key();
        var before =
                Database.query(
                                tx.connection(),
                                LOAD,
                                row -> json.read(row.getString(1), Kept.class).volume(),
                                name)
                        .stream()
                        .findFirst()
                        .orElseGet(rules::initial);
        var after = rules.evolve(before, (VolumeEvent) envelope.event());
        var state = json.write(Kept.of(after));
        var at = envelope.recordedAt();
        switch (after) {
            case Live live -> save(envelope, live, state, tx);
            case Gone ignored ->
                    tx.update(GONE, name, envelope.tenant(), state, envelope.version(), at, at);
            case None ignored -> {}
        }
    }

    private void save(Envelope<?> envelope, Live live, String state, SqlTx tx) throws SQLException {
        var seen = live.seen();
        boolean isSeen = seen.version() >= 0;
        tx.update(
                SAVE,
                envelope.stream().key(),
                live.tenant(),
                live.stage().name().toLowerCase(Locale.ROOT),
                json.write(live.spec()),
                json.write(live.spec().labels()),
                live.attachment() == null ? null : live.attachment().machine(),
                isSeen ? seen.at() : null,
                isSeen ? seen.version() : null,
                state,
                envelope.version(),
                envelope.recordedAt(),
                envelope.recordedAt());
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE volume (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  phase text NOT NULL,
                  spec jsonb NOT NULL,
                  labels jsonb NOT NULL,
                  machine text,
                  seen_at timestamptz,
                  seen_version bigint,
                  state jsonb NOT NULL,
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                )""");
    }
}

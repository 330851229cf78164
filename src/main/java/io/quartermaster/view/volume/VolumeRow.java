package io.quartermaster.view.volume;

import io.quartermaster.view.Row;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeSpec;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it is.
 *
 * @param phase {@code creating}, {@code present} or {@code deleting}
 * @param machine to which it is attached, absent when it is to none
 * @param sighting the newest one, absent for a volume that is not seen elsewhere
 * @param version of its stream
 */
public record VolumeRow(
        String name,
        String tenant,
        VolumeSpec spec,
        String phase,
        @Nullable String machine,
        @Nullable Sighting sighting,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static VolumeRow read(Row row) throws SQLException {
        var spec = row.json("spec", VolumeSpec.class);
        var seenAt = row.maybeInstant("seen_at");
        return new VolumeRow(
                row.text("name"),
                row.text("tenant"),
                spec,
                row.text("phase"),
                row.maybeText("machine"),
                seenAt == null ? null : new Sighting(spec, seenAt, row.number("seen_version")),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}

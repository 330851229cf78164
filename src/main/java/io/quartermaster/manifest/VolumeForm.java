package io.quartermaster.manifest;

import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The spec of a Volume, both ways. */
final class VolumeForm {
    static final String[] FIELDS = {"size", "tier", "confirmed", "observed"};

    private VolumeForm() {}

    /** With an observation it reports what is there, without one it says what shall be. */
    static VolumeCommand read(Fields fields, Header header) {
        VolumeSpec spec =
                new VolumeSpec(
                        SizeText.read(fields.text("size", SizeText.SHAPE)),
                        fields.text("tier", Shape.NAME),
                        fields.bool("confirmed", false),
                        header.labels());
        return fields.find("observed")
                .flatMap(value -> value.fields("at", "version"))
                .<VolumeCommand>map(
                        seen ->
                                new VolumeCommand.Report(
                                        header.tenant(),
                                        new Sighting(
                                                spec,
                                                seen.require("at")
                                                        .flatMap(Times::instant)
                                                        .orElse(Instant.EPOCH),
                                                seen.number("version", 0, Long.MAX_VALUE, 0))))
                .orElse(new VolumeCommand.Define(header.tenant(), spec));
    }

    static Written write(VolumeSpec spec, @Nullable Sighting seen) {
        Written written =
                new Written()
                        .put("size", SizeText.write(spec.sizeBytes()))
                        .put("tier", spec.tier())
                        .put("confirmed", spec.confirmed() ? true : null);
        if (seen == null) {
            return written;
        }
        return written.put(
                "observed",
                new Written()
                        .put("at", seen.observedAt().toString())
                        .put("version", seen.sourceVersion() == 0 ? null : seen.sourceVersion()));
    }
}

package io.quartermaster.manifest;

import java.util.Locale;
import java.util.Optional;

/** The notations in which manifests are written. */
public enum MediaKind {
    YAML,
    JSON;

    /**
     * The notation that a media type names; parameters are ignored. Empty: none that is read here,
     * over HTTP a 415.
     */
    public static Optional<MediaKind> of(String mediaType) {
        String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml" ->
                    Optional.of(YAML);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}

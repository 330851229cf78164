package io.quartermaster.rest;

import io.quartermaster.manifest.Change;
import io.quartermaster.manifest.MediaKind;
import io.quartermaster.rest.Applying.Applied;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.Precondition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The body of a PUT: one manifest of the kind and name that the path says. */
@Singleton
final class ManifestBody {
    static final String YAML = "application/yaml";
    static final String YAML_X = "application/x-yaml";
    static final String YAML_TEXT = "text/yaml";
    static final String JSON = MediaType.APPLICATION_JSON;

    private final Applying applying;

    @Inject
    ManifestBody(Applying applying) {
        this.applying = applying;
    }

    /** The notation of a body; JSON when nobody says. */
    static MediaKind notation(HttpHeaders headers) {
        var type = headers.getMediaType();
        return type == null ? MediaKind.JSON : MediaKind.of(type.toString()).orElse(MediaKind.JSON);
    }

    Applied put(
            ResourceKind kind,
            String name,
            byte[] body,
            HttpHeaders headers,
            Precondition precondition) {
        return applying.apply(read(kind, name, body, headers), precondition).getFirst();
    }

    /**
     * What a manifest asks for: the last change is that of the thing itself.
     *
     * @throws Refused when it is wrong, or of another kind or name
     */
    List<Change> read(ResourceKind kind, String name, byte[] body, HttpHeaders headers) {
        var changes = applying.read(body, notation(headers));
        var last = changes.getLast();
        if (changes.stream().anyMatch(change -> change.document() > 0)) {
            throw Bodies.invalid(
                    "", "too-many-documents", "a PUT takes one document; send many to POST /apply");
        }
        if (!last.kind().equals(kind.document())) {
            throw Bodies.invalid(
                    "/kind", "wrong-kind", "this is kept at the path of a " + kind.document());
        }
        if (!last.name().equals(name)) {
            throw Bodies.invalid("/metadata/name", "wrong-name", "the path names another one");
        }
        return changes;
    }
}

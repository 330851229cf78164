package io.quartermaster.rest;

import io.quartermaster.rest.Applying.Applied;
import io.quartermaster.rest.Applying.Result;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Answers that many calls give. */
final class Answers {

    private Answers() {}

    /** A thing as it is, or 304 when the caller has seen this version. */
    static Response seen(Request request, long version, Object body) {
        var tag = tag(version);
        var unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(body) : unchanged).tag(tag).build();
    }

    /** A thing after its manifest was applied, when that is all there is to do. */
    static Response done(Applied applied, Object body) {
        var response =
                applied.result() == Result.created
                        ? Response.created(URI.create(applied.location()))
                        : Response.ok();
        return response.tag(tag(applied.version())).entity(body).build();
    }

    /** A thing after a command that is all there is to do. */
    static Response done(long version, Object body) {
        return Response.ok(body).tag(tag(version)).build();
    }

    /** A thing after a write from which work follows; it is to be seen at the location. */
    static Response accepted(String location, long version, Object body) {
        return Response.accepted(body).location(URI.create(location)).tag(tag(version)).build();
    }

    private static EntityTag tag(long version) {
        return new EntityTag(Long.toString(version));
    }
}

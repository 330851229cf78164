package io.quartermaster.rest;

import io.quartermaster.engine.Overloaded;
import io.quartermaster.es.Rejected;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Calls that fail in the ways that no real call does on demand. */
@Path("/api/v1/probe")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProbeResource {
    static final String SECRET = "secret-in-a-message";

    @GET
    @Path("/defect")
    public String defect() {
        throw new IllegalStateException(SECRET);
    }

    @GET
    @Path("/overloaded")
    public String overloaded() {
        throw new Overloaded(16);
    }

    @GET
    @Path("/rejected")
    public String rejected(@QueryParam("code") String code) {
        throw new Rejected(code, "the rule says no");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Integer> echo(byte[] body) {
        return Map.of("bytes", body.length);
    }
}

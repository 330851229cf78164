package io.quartermaster.rest.problem;

import io.quartermaster.engine.Conflict;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Overloaded;
import io.quartermaster.es.Rejected;
import io.quartermaster.view.InvalidQuery;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every exception as a problem. What nobody expected is logged, and the answer names the log's
 * entry.
 */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String UNKNOWN = "-unknown";
    private final Routes routes;

    @Inject
    ProblemMappers(Routes routes) {
        this.routes = routes;
    }

    @ServerExceptionMapper
    Response refused(Refused refused) {
        var response = refused.problem().response();
        if (refused.problem().status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"quartermaster\"");
        }
        if (refused.retryAfterSeconds() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds());
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response rejected(Rejected rejected) {
        int status = rejected.code().endsWith(UNKNOWN) ? 404 : 409;
        return Problem.of(status, rejected.code(), String.valueOf(rejected.getMessage()))
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response conflict(Conflict conflict, HttpHeaders headers) {
        boolean asked = headers.getHeaderString(HttpHeaders.IF_MATCH) != null;
        var message =
                "%s is at version %d, expected %s; read it again, and decide anew"
                        .formatted(
                                conflict.stream(),
                                conflict.actual(),
                                expected(conflict.expected()));
        return Problem.of(asked ? 412 : 409, asked ? "precondition-failed" : "conflict", message)
                .with(expected(conflict.expected()), Long.toString(conflict.actual()))
                .response()
                .build();
    }

    private static String expected(Expected expected) {
        return switch (expected) {
            case Expected.Exactly(long version) -> Long.toString(version);
            case Expected.None none -> "none";
            case Expected.Exists exists -> "any version";
            case Expected.Any any -> "anything";
        };
    }

    @ServerExceptionMapper
    Response invalid(InvalidQuery query) {
        var detail = "'%s': %s".formatted(query.parameter(), query.getMessage());
        return Problem.of(400, query.code(), detail).response().build();
    }

    @ServerExceptionMapper
    Response overloaded(Overloaded overloaded) {
        var problem = Problem.of(429, "overloaded", String.valueOf(overloaded.getMessage()));
        return refused(Refused.retryAfter(1, problem));
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException ignored, UriInfo uri) {
        var path = Problem.excerpt(uri.getPath());
        var detail = "there is no call '%s'; see /q/openapi for those that are".formatted(path);
        return Problem.of(404, "not-found", detail).response().build();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException ignored, UriInfo uri) {
        var allowed = String.join(", ", routes.allowedAt(uri.getPath()));
        var detail = "this call does not know the method; it knows " + allowed;
        return Problem.of(405, "method-not-allowed", detail)
                .response()
                .header(HttpHeaders.ALLOW, allowed)
                .build();
    }

    @ServerExceptionMapper
    Response notAcceptable(NotAcceptableException ignored) {
        var detail =
                "the header 'Accept' names no media type that this call can answer with;"
                        + " see /q/openapi, or leave it out";
        return Problem.of(406, "not-acceptable", detail).response().build();
    }

    @ServerExceptionMapper
    Response notSupported(NotSupportedException ignored, HttpHeaders headers) {
        var found = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        var detail =
                "the header 'Content-Type' is '%s'; send application/json or, for manifests, application/yaml"
                        .formatted(Problem.excerpt(found == null ? "" : found));
        return Problem.of(415, "unsupported-media-type", detail).response().build();
    }

    @ServerExceptionMapper
    Response refusedByTheFramework(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status >= 500) return unexpected(failure);
        return Problem.of(status, "bad-request", "the request cannot be understood")
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        var occurrence = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(failure, "A request failed unexpectedly (%s)", occurrence);
        var detail =
                "the daemon failed at this request, which may or may not have been carried out;"
                        + " its log tells more under the instance";
        return Problem.of(500, "internal", detail).at(occurrence).response().build();
    }
}

package io.quartermaster.rest.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quartermaster.rest.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Turns away a body that declares itself too large before a byte of it is read. Comes before the
 * framework's own limit, which would answer without a word.
 */
@Singleton
public final class DeclaredLength {
    private static final int BEFORE_THE_FRAMEWORK = 100;
    private final ObjectMapper mapper;

    @Inject
    public DeclaredLength(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_FRAMEWORK);
    }

    private void check(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !tooLarge(length)) {
            context.next();
            return;
        }
        var response = context.response();
        if (context.request().version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(BodyLimit.tooLarge().problem()));
    }

    private static boolean tooLarge(String length) {
        try {
            return Long.parseLong(length) > BodyLimit.BYTES;
        } catch (NumberFormatException e) {
            // The HTTP parser refuses what is no number; a number too long for us is too large.
            return true;
        }
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written", e);
        }
    }
}

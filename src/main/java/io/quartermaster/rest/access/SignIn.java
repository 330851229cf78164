package io.quartermaster.rest.access;

import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lets nobody without a valid bearer token (RFC 6750) reach anything under {@code /api}. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class SignIn implements ContainerRequestFilter {
    private static final int FAILURES_PER_MINUTE = 30;
    private static final Pattern BEARER =
            Pattern.compile("bearer +([\\x21-\\x7e]{1,1024}) *", Pattern.CASE_INSENSITIVE);

    private final Tokens tokens;
    private final InstantSource clock;
    private final HttpServerRequest request;
    private final FailedSignIns failures = new FailedSignIns(FAILURES_PER_MINUTE);

    /**
     * @param request a proxy of the present request
     */
    @Inject
    public SignIn(Tokens tokens, InstantSource clock, HttpServerRequest request) {
        this.tokens = tokens;
        this.clock = clock;
        this.request = request;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        var path = context.getUriInfo().getPath();
        if (!path.equals("/api") && !path.startsWith("/api/")) return;
        var header = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw new Refused(
                    401,
                    "token-missing",
                    "this needs the header 'Authorization: Bearer TOKEN'; the administrator's token is in"
                            + " the file admin.token of the daemon's data directory");
        }
        var actor = actor(header).orElseThrow(this::refuse);
        context.setSecurityContext(new SignedIn(actor));
    }

    private Optional<String> actor(String header) {
        var match = BEARER.matcher(header);
        return match.matches() ? tokens.actor(match.group(1)) : Optional.empty();
    }

    private Refused refuse() {
        var address = request.remoteAddress();
        var host = address == null ? "" : address.hostAddress();
        if (failures.tooMany(host == null ? "" : host, clock.instant())) {
            var seconds = Math.toIntExact(FailedSignIns.WINDOW.toSeconds());
            var detail = "too many wrong tokens came from this address; wait a minute";
            return Refused.retryAfter(seconds, Problem.of(429, "too-many-sign-ins", detail));
        }
        return new Refused(
                401,
                "token-invalid",
                "the header 'Authorization' holds no valid token, expected 'Bearer TOKEN'; the"
                        + " administrator's token is in the file admin.token of the data directory");
    }
}

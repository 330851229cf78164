package io.quartermaster.rest.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quartermaster.engine.Ids;
import io.quartermaster.rest.access.BodyLimit;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.view.RepeatedRequests;
import io.quartermaster.view.RepeatedRequests.Answer;
import io.quartermaster.view.RepeatedRequests.Claim;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Answers a POST or PUT that comes again under the same Idempotency-Key as it was answered the
 * first time. The command's id follows from actor, key and request, so that even after a crash
 * between the log's answer and ours the log carries it out once.
 */
@Provider
@Priority(Priorities.USER)
public final class RepeatFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Set<String> METHODS = Set.of(HttpMethod.POST, HttpMethod.PUT);
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.LOCATION);
    private static final String CLAIMED = RepeatFilter.class.getName() + ".claimed";
    private static final UUID ROOT = UUID.fromString("6ad6bd0b-3bd8-4d3c-9a5c-52a0c6ae35a6");

    private final RepeatedRequests requests;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    @Inject
    public RepeatFilter(
            RepeatedRequests requests, Caller caller, ObjectMapper mapper, InstantSource clock) {
        this.requests = requests;
        this.caller = caller;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        var principal = context.getSecurityContext().getUserPrincipal();
        if (principal == null) return;
        caller.is(principal.getName());
        var header = context.getHeaderString(IdempotencyKey.HEADER);
        if (header == null || !METHODS.contains(context.getMethod())) return;
        var key = IdempotencyKey.parse(header);
        var target = context.getUriInfo().getRequestUri();
        var fingerprint =
                IdempotencyKey.fingerprint(
                        context.getMethod(),
                        target.getRawPath() + "?" + target.getRawQuery(),
                        BodyLimit.bodyOf(context));
        caller.repeats(Ids.derive(ROOT, caller.actor() + "\n" + key.value() + "\n" + fingerprint));
        switch (requests.claim(caller.actor(), key.value(), fingerprint, clock.instant())) {
            case Claim.Open open -> context.setProperty(CLAIMED, key);
            case Claim.Answered(Answer answer) -> context.abortWith(again(answer));
            case Claim.Taken taken ->
                    throw new Refused(
                            422,
                            "idempotency-key-reused",
                            "the Idempotency-Key was used for another request; take a new one for each");
        }
    }

    private static Response again(Answer answer) {
        var response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(CLAIMED) instanceof IdempotencyKey key)) return;
        if (!isFinal(response.getStatus())) return;
        var headers = new TreeMap<String, String>();
        for (var name : KEPT_HEADERS) {
            var value = response.getHeaderString(name);
            if (value != null) headers.put(name, value);
        }
        var answer = new Answer(response.getStatus(), headers, text(response.getEntity()));
        requests.keep(
                request.getSecurityContext().getUserPrincipal().getName(), key.value(), answer);
    }

    /** Whether sending the request again could not get another answer. */
    private static boolean isFinal(int status) {
        return status < 500 && status != 429;
    }

    private String text(Object entity) {
        try {
            return switch (entity) {
                case null -> "";
                case String text -> text;
                case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
                default -> mapper.writeValueAsString(entity);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}

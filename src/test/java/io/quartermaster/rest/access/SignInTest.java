package io.quartermaster.rest.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.rest.problem.Refused;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final SocketAddress address = SocketAddress.inetSocketAddress(4711, "192.0.2.1");
    private final SignIn signIn =
            new SignIn(
                    new Tokens(TOKEN),
                    InstantSource.fixed(NOON),
                    saying(HttpServerRequest.class, Map.of("remoteAddress", address)));

    @Test
    void too_many_wrong_tokens_are_held_back_and_a_right_one_is_not() {
        for (int i = 0; i < 30; i++) assertEquals(401, refused("Bearer wrong").problem().status());
        var tooMany = refused("Bearer wrong");
        assertEquals(429, tooMany.problem().status());
        assertEquals(60, tooMany.retryAfterSeconds());
        assertDoesNotThrow(() -> signIn.filter(request("/api/v1/hosts", "Bearer " + TOKEN)));
    }

    @Test
    void the_word_bearer_is_taken_in_any_case() {
        assertDoesNotThrow(() -> signIn.filter(request("/api/v1/hosts", "bEaReR " + TOKEN)));
    }

    @Test
    void only_what_is_below_the_api_is_closed() {
        assertDoesNotThrow(() -> signIn.filter(request("/apiary", "")));
        assertThrows(Refused.class, () -> signIn.filter(request("/api", "")));
    }

    private Refused refused(String header) {
        return assertThrows(Refused.class, () -> signIn.filter(request("/api/v1/hosts", header)));
    }

    private static ContainerRequestContext request(String path, String authorization) {
        var uri = saying(UriInfo.class, Map.of("getPath", path));
        return saying(
                ContainerRequestContext.class,
                Map.of("getUriInfo", uri, "getHeaderString", authorization));
    }

    /** Something that answers some of its methods, and nothing else. */
    private static <T> T saying(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> answers.get(method.getName())));
    }
}

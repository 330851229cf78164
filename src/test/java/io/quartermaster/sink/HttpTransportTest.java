package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.sink.FarSide.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what comes of bad answers. */
class HttpTransportTest {
    private final FarSide far = new FarSide();
    private final HttpTransport transport = new HttpTransport(Duration.ofMillis(300));

    @AfterEach
    void close() {
        transport.close();
        far.close();
    }

    private static Request request() {
        return new Request(
                "POST",
                "/in/here?a=b%20c",
                "application/cloudevents+json",
                Map.of("ce-subject", "50%25"),
                "{\"x\":\"ä\"}".getBytes(StandardCharsets.UTF_8));
    }

    private Answer send() {
        return transport.send(far.address(), request(), "secret");
    }

    @Test
    void what_is_sent_arrives_to_the_byte_and_nothing_is_added_to_its_type() {
        send();

        var heard = far.heard().getFirst();
        assertEquals("POST /in/here?a=b%20c", heard.method() + " " + heard.path());
        assertEquals("application/cloudevents+json", heard.header("Content-Type"));
        assertEquals("50%25", heard.header("ce-subject"));
        assertEquals("Bearer secret", heard.header("Authorization"));
        assertEquals("{\"x\":\"ä\"}", heard.body());
    }

    @Test
    void an_answer_comes_with_status_headers_and_body() {
        far.answers(429, "Retry-After: 7", "slowly");

        var answer = assertInstanceOf(Answer.Answered.class, send());

        assertEquals(429, answer.status());
        assertEquals("7", answer.headers().get("retry-after"));
        assertEquals("slowly", answer.body());
    }

    @Test
    void a_redirect_is_not_followed() {
        far.answers(307, "Location: " + far.address() + "/elsewhere", "");

        var answer = assertInstanceOf(Answer.Answered.class, send());

        assertEquals(307, answer.status());
        assertEquals(1, far.heard().size());
    }

    @Test
    void a_body_that_ends_too_early_is_no_answer() {
        far.answers(request -> new Reply.Half(200));

        assertInstanceOf(Answer.Silence.class, send());
    }

    @Test
    void a_lost_answer_is_no_answer() {
        far.answers(request -> new Reply.Lost());

        assertInstanceOf(Answer.Silence.class, send());
    }

    @Test
    void an_answer_that_takes_too_long_is_no_answer() {
        far.answers(request -> new Reply.Never());

        assertInstanceOf(Answer.Silence.class, send());
    }

    @Test
    void a_refused_connection_is_no_answer() {
        var answer = transport.send(FarSide.nobody(), request(), "secret");

        assertInstanceOf(Answer.Silence.class, answer);
    }

    @Test
    void a_request_without_a_body_has_no_type() {
        transport.send(far.address(), Request.get("/x"), null);

        var heard = far.heard().getFirst();
        assertEquals("GET", heard.method());
        assertEquals("", heard.header("Content-Type"));
    }
}

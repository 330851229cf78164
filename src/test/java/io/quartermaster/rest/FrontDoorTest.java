package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every call, and what is open to everybody. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class FrontDoorTest {
    @TestHTTPResource("/")
    URI root;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    private Door.Answer open(String path) {
        return door.call("GET", path).authorization(null).send();
    }

    @Test
    void health_metrics_and_the_description_of_the_calls_need_no_token() {
        assertEquals(200, open("/q/health/live").status());
        assertEquals(200, open("/q/health/ready").status());
        assertTrue(open("/q/metrics").body().contains("jvm_memory_used_bytes"));
        assertEquals(200, open("/q/openapi").status());
    }

    @Test
    void the_description_tells_how_to_come_in_what_there_is_and_what_goes_wrong() {
        var description = open("/q/openapi?format=json").json();
        assertEquals("bearer", description.at("/components/securitySchemes/token/scheme").asText());
        var apply = description.at("/paths/~1api~1v1~1apply/post");
        assertTrue(apply.at("/summary").asText().contains("all or none"));
        assertEquals(
                "#/components/schemas/Problem",
                apply.at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asText());
        for (var path : description.at("/paths").properties()) {
            for (var call : path.getValue()) {
                assertFalse(call.at("/summary").asText().isEmpty(), path.getKey());
            }
        }
    }

    @Test
    void a_defect_is_told_by_a_number_and_nothing_else() {
        var answer = door.get("/probe/defect");
        assertEquals(500, answer.status());
        assertEquals("internal", answer.text("/code"));
        assertTrue(answer.text("/instance").startsWith("urn:uuid:"));
        assertFalse(answer.body().contains(ProbeResource.SECRET), answer.body());
        assertFalse(answer.body().contains("at io."), answer.body());
    }

    @Test
    void when_too_many_wait_the_caller_is_told_when_to_come_back() {
        var answer = door.get("/probe/overloaded");
        assertEquals(429, answer.status());
        assertEquals("overloaded", answer.text("/code"));
        assertEquals("1", answer.header("retry-after"));
    }

    @Test
    void a_head_has_the_headers_and_no_body() {
        var answer = door.call("HEAD", "/api/v1/hosts").send();
        assertEquals(200, answer.status());
        assertEquals("", answer.body());
    }
}

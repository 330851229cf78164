package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.view.RepeatedRequests.Answer;
import io.quartermaster.view.RepeatedRequests.Claim;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatedRequestsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Answer CREATED = new Answer(201, Map.of("ETag", "\"1\""), "{\"a\": 1}");

    private final Json json = new Json(Domain.codec());
    private final RepeatedRequests requests =
            new RepeatedRequests(new Database(TestPostgres.freshDatabase(), json), json);

    @Test
    void the_same_request_gets_the_same_answer() {
        assertInstanceOf(Claim.Open.class, claim("k", "print", NOON));
        requests.keep("admin", "k", CREATED);
        assertEquals(new Claim.Answered(CREATED), claim("k", "print", NOON.plusSeconds(60)));
    }

    @Test
    void another_request_may_not_use_the_key_even_before_the_first_is_answered() {
        claim("k", "print", NOON);
        assertInstanceOf(Claim.Taken.class, claim("k", "another print", NOON));
    }

    @Test
    void a_request_that_was_never_answered_may_be_sent_again() {
        claim("k", "print", NOON);
        assertInstanceOf(Claim.Open.class, claim("k", "print", NOON));
    }

    @Test
    void the_first_answer_counts() {
        claim("k", "print", NOON);
        requests.keep("admin", "k", CREATED);
        requests.keep("admin", "k", new Answer(200, Map.of(), "{}"));
        assertEquals(new Claim.Answered(CREATED), claim("k", "print", NOON));
    }

    @Test
    void keys_of_different_actors_are_different_keys() {
        claim("k", "print", NOON);
        assertInstanceOf(Claim.Open.class, requests.claim("other", "k", "another print", NOON));
    }

    @Test
    void answers_are_forgotten_after_a_day() {
        claim("k", "print", NOON);
        requests.keep("admin", "k", CREATED);
        var nextDay = NOON.plus(RepeatedRequests.KEPT).plusSeconds(1);
        assertInstanceOf(Claim.Open.class, claim("k", "another print", nextDay));
    }

    private Claim claim(String key, String fingerprint, Instant at) {
        return requests.claim("admin", key, fingerprint, at);
    }
}

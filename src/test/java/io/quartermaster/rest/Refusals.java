package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.rest.Door.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Collects bad requests with what they must be answered, and then sends them all. */
final class Refusals {
    /** Sent wherever a secret could stand; must never come back. */
    static final String SECRET = "hunter2hunter2hunter2";

    private static final int LONGEST_ANSWER = 20_000;

    private final EventLog log;
    private final List<Executable> checks = new ArrayList<>();

    Refusals(EventLog log) {
        this.log = log;
    }

    /** A request, its status and code, and a part of the sentence that helps. */
    void add(Call call, int status, String code, String help) {
        checks.add(
                () -> {
                    var before = log.head();
                    var answer = call.send();
                    assertProblem(answer, status, code, help);
                    assertEquals(before, log.head(), "recorded by " + answer);
                });
    }

    private static void assertProblem(Answer answer, int status, String code, String help) {
        assertEquals(status, answer.status(), answer.body());
        assertEquals("application/problem+json", answer.header("content-type"), answer.body());
        assertEquals(code, answer.text("/code"));
        assertEquals(status, answer.json().at("/status").asInt());
        assertEquals("urn:quartermaster:problem:" + code, answer.text("/type"));
        assertTrue(answer.text("/detail").contains(help), answer.text("/detail"));
        assertFalse(answer.body().contains(SECRET), answer.body());
        assertFalse(answer.body().contains("Exception"), answer.body());
        assertTrue(answer.body().length() < LONGEST_ANSWER, "as long as the question");
    }

    void check() {
        assertAll(checks);
    }
}

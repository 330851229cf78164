package io.quartermaster.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quartermaster.rest.problem.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {

    record Part(@JsonProperty(required = true) int number, @Nullable String text) {}

    record Whole(@Nullable List<Part> parts) {}

    @Test
    void what_may_be_missing_may_be_missing() {
        assertEquals(new Whole(null), read(""));
        assertEquals(new Whole(null), read("{}"));
        assertEquals(new Whole(List.of(new Part(1, null))), read("{\"parts\": [{\"number\": 1}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"part\": []} | /part | unknown-field",
                "{\"parts\": {}} | /parts | wrong-type",
                "{\"parts\": [{\"number\": \"1\"}]} | /parts/0/number | wrong-type",
                "{\"parts\": [{\"number\": 1.5}]} | /parts/0/number | wrong-type",
                "{\"parts\": [{\"number\": 99999999999}]} | /parts/0/number | wrong-type",
                "{\"parts\": [{\"number\": null}]} | /parts/0/number | wrong-type",
                "{\"parts\": [{\"number\": 1, \"text\": 5}]} | /parts/0/text | wrong-type",
                "{\"parts\": [{\"number\": 1, \"text\": 0.5}]} | /parts/0/text | wrong-type",
                "{\"parts\": [{\"number\": 1, \"text\": true}]} | /parts/0/text | wrong-type",
                "{\"parts\": [{}]} | /parts/0/number | wrong-type",
                "{\"parts\": [{\"number\": 1, \"a/b~c\": 2}]} | /parts/0/a~1b~0c | unknown-field",
                "{\"parts\": []} {} | `` | wrong-type",
                "[] | `` | wrong-type",
                "null | `` | wrong-type"
            })
    void what_is_wrong_is_pointed_at(String body, String pointer, String code) {
        var refused = assertThrows(Refused.class, () -> read(body));
        assertEquals(422, refused.problem().status());
        var violation = refused.problem().violations().getFirst();
        assertEquals(pointer, violation.pointer());
        assertEquals(code, violation.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"parts\": | 1", "{\"parts\": [], \"parts\": []} | 1", "hunter2 | 1"})
    void what_is_no_json_is_located_and_not_repeated(String body, int line) {
        var refused = assertThrows(Refused.class, () -> read(body));
        assertEquals(400, refused.problem().status());
        assertEquals("unreadable-json", refused.problem().code());
        assertFalse(refused.problem().detail().contains("hunter2"));
        assertEquals(true, refused.problem().detail().contains("line " + line));
    }

    @Test
    void nesting_without_end_is_refused() {
        var refused = assertThrows(Refused.class, () -> read("[".repeat(100_000)));
        assertEquals(true, refused.problem().status() == 400 || refused.problem().status() == 422);
    }

    private static Whole read(String body) {
        return Bodies.read(body.getBytes(StandardCharsets.UTF_8), Whole.class);
    }
}

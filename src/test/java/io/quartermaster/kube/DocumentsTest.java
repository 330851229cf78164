package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {

    private static String failure(String text) {
        var refused = assertThrows(ClusterException.class, () -> Documents.read(text));
        assertEquals("manifest-invalid", refused.failure().code());
        return refused.failure().reason();
    }

    @Test
    void lists_are_taken_apart_and_empty_documents_left_out() throws Exception {
        var text =
                """
                ---
                # nothing
                ---
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Pod, metadata: {name: a}}
                  - {apiVersion: v1, kind: Namespace, metadata: {name: b}}
                ---
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}
                """;
        var names = Documents.read(text).stream().map(each -> each.at("/metadata/name").asText());
        assertEquals("[b, a, c]", names.toList().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, STRING",
        "12:30, STRING",
        "no, STRING",
        "true, BOOLEAN",
        "0644, NUMBER",
        "8080, NUMBER",
        "1.5, NUMBER",
        "1.2.3, STRING",
        "-, STRING",
        "~, NULL"
    })
    void plain_words_mean_what_they_mean_in_yaml_1_2(String word, String type) throws Exception {
        var text = "{apiVersion: v1, kind: A, metadata: {name: a}, value: %s}".formatted(word);
        var quoted = word.equals("-") ? text.replace(": -}", ": '-'}") : text;
        assertEquals(type, Documents.read(quoted).getFirst().path("value").getNodeType().name());
    }

    @Test
    void octal_numbers_are_those_of_file_modes() throws Exception {
        var text = "{apiVersion: v1, kind: A, metadata: {name: a}, defaultMode: 0644}";
        assertEquals(420, Documents.read(text).getFirst().path("defaultMode").asInt());
    }

    @Test
    void what_is_wrong_is_said_with_its_place() {
        assertTrue(failure("a: b: c").contains("line 1, column 5"));
        assertTrue(failure("a: 1\na: 2\n").contains("line 2, column 1"));
        assertTrue(failure("--- 5").contains("object 1 is no mapping"));
        assertTrue(failure("").contains("there is no object in it"));
        assertTrue(failure("{apiVersion: v1, kind: A}").contains("no text at /metadata/name"));
        assertTrue(
                failure("{apiVersion: v1, kind: A, metadata: {name: a, labels: x}}")
                        .contains("no mapping at /metadata/labels"));
    }

    @Test
    void bombs_do_not_go_off() {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 90; i++) {
            text.append(
                    "a%d: &a%d [%s*a%d]\n"
                            .formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9), i - 1));
        }
        failure(text.toString());
        failure("[".repeat(200));
    }

    @Test
    void what_contains_itself_or_grows_with_its_aliases_is_refused() {
        var limit = "with its aliases it is deeper than 100 levels";
        assertTrue(
                failure("{apiVersion: v1, kind: A, metadata: &a {name: x, b: *a}}")
                        .contains(limit));
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 24; i++) {
            text.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }
        assertTrue(failure(text.toString()).contains(limit));
    }

    @Test
    void an_empty_namespace_is_not_an_absent_one() throws Exception {
        var text = "{apiVersion: v1, kind: A, metadata: {name: a, namespace: %s}}";
        for (var empty : new String[] {"", "''", "null"}) {
            var object = Documents.read(text.formatted(empty)).getFirst();
            assertEquals("", Documents.subject(object).namespace());
        }
    }
}

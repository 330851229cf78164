package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class LabelSelectorTest {
    private static final Map<String, Map<String, String>> THINGS =
            Map.of(
                    "bare", Map.of(),
                    "web", Map.of("role", "web", "pool", "fra1"),
                    "api", Map.of("role", "api", "pool", "ams1", "example.org/gpu", ""),
                    "db", Map.of("role", "db", "retired", "true"),
                    "odd", Map.of("role", "it's \"odd\" \\ {", "in", "notin"));

    static final List<String> NO_SELECTORS =
            List.of(
                    ",",
                    "role=web,",
                    ",role",
                    "=web",
                    "role=web=api",
                    "role in",
                    "role in ()web",
                    "role in (web",
                    "role in web)",
                    "role notin web",
                    "role in (a)(b)",
                    "!",
                    "!!role",
                    "!role=web",
                    "role > 3",
                    "role = 'web'",
                    "role=web OR 1=1",
                    "role; DROP TABLE thing",
                    "role='; DROP TABLE thing; --",
                    "role?",
                    "ro$le",
                    "role=we\u0000b",
                    "role=w\u00e9b",
                    "-role",
                    "role-",
                    "a/b/c",
                    "/role",
                    "role/",
                    "role=-web",
                    "role=.",
                    "x y",
                    "\u200brole",
                    "role in (a,(b))",
                    "role !in (a)",
                    "role=\"web\"",
                    "role=\ud83d\ude00");

    private static Database database;

    @BeforeAll
    static void putThings() {
        var json = new Json(Domain.codec());
        database = new Database(TestPostgres.emptyDatabase(), json);
        database.update("CREATE TABLE thing (name text, tenant text, labels jsonb)");
        database.update("CREATE INDEX thing_labels ON thing USING gin (labels)");
        THINGS.forEach(
                (name, labels) ->
                        database.update(
                                "INSERT INTO thing VALUES (?, '', ?::jsonb)",
                                name,
                                json.write(labels)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; api bare db odd web",
                "role=web; web",
                "role==web; web",
                " role = web , pool = fra1 ; web",
                "role=web,pool=ams1; ''",
                "role!=web; api bare db odd",
                "role in (web, api); api web",
                "role in (web,api),pool in (ams1); api",
                "role notin (web,api); bare db odd",
                "pool; api web",
                "!pool; bare db odd",
                "!role; bare",
                "example.org/gpu; api",
                "example.org/gpu=; api",
                "retired=true; db",
                "in; odd",
                "in=notin; odd",
                "in in (notin); odd",
                "role,!retired; api odd web",
                "role=nobody; ''",
            })
    void selects_as_kubernetes_does(String selector, String names) {
        var found = select(LabelSelector.parse(selector));
        assertEquals(names, found.stream().sorted().collect(Collectors.joining(" ")));
        var matched = THINGS.entrySet().stream();
        assertEquals(
                names,
                matched.filter(thing -> LabelSelector.parse(selector).matches(thing.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(" ")),
                "the same in memory");
    }

    @ParameterizedTest
    @FieldSource("NO_SELECTORS")
    void refuses_what_is_no_selector_and_says_what_is(String hostile) {
        var refused = assertThrows(InvalidQuery.class, () -> LabelSelector.parse(hostile));
        assertEquals("label-selector-invalid", refused.code());
        assertEquals("labelSelector", refused.parameter());
        assertTrue(refused.getMessage().contains("right would be"), refused.getMessage());
    }

    @Test
    void refuses_what_is_too_much() {
        var longName = "a".repeat(64);
        var manyRequirements = "a,".repeat(20) + "a";
        var manyValues = "a in (" + "b,".repeat(50) + "b)";
        for (var text :
                List.of(
                        longName,
                        "a=" + longName,
                        manyRequirements,
                        manyValues,
                        "a".repeat(4000))) {
            assertThrows(InvalidQuery.class, () -> LabelSelector.parse(text), text);
        }
    }

    @Test
    void takes_as_much_as_it_says_it_takes() {
        var text = "a,".repeat(19) + "b in (" + "c,".repeat(49) + "c)";
        assertEquals(List.of(), select(LabelSelector.parse(text)));
    }

    private static List<String> select(LabelSelector selector) {
        var filter = new Filter().and(Listing.ALL.labelled(selector), "name", "labels");
        var sql = "SELECT name FROM thing" + filter.where();
        return database.list(sql, row -> row.text("name"), filter.values());
    }
}

package io.quartermaster.operator.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quartermaster.manifest.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schemas say of every field what the forms say, which are asked by writing something there.
 */
class AgreementTest {

    @Test
    void there_are_many_places() {
        assertTrue(places().count() > 100);
    }

    @Test
    void fields_are_the_same() {
        agree(
                places().filter(place -> !place.properties().isEmpty()),
                place -> (place.properties()),
                Place::known);
    }

    @Test
    void required_fields_are_the_same() {
        agree(
                places().filter(place -> !place.properties().isEmpty()),
                place -> new TreeSet<>(place.schema().getRequired()),
                Place::missed);
    }

    @Test
    void words_are_the_same() {
        agree(
                places().filter(place -> !place.schema().getEnum().isEmpty()),
                place -> (texts(place.schema().getEnum())),
                Place::words);
    }

    @Test
    void types_are_the_same() {
        agree(
                places().filter(place -> place.schema().getType() != null),
                place -> false,
                place -> place.codes(any(place.schema().getType())).contains("wrong-type"));
    }

    @Test
    void texts_may_be_as_long() {
        var limited = places().filter(AgreementTest::isShorterThanADocument).toList();
        agree(limited.stream(), place -> false, place -> tooLong(place, 0));
        agree(
                limited.stream().filter(place -> place.schema().getEnum().isEmpty()),
                place -> true,
                place -> tooLong(place, 1));
    }

    /** What may fill the whole document has no other limit than that. */
    private static boolean isShorterThanADocument(Place place) {
        var most = place.schema().getMaxLength();
        return most != null && most < Limits.CONTENT;
    }

    private static boolean tooLong(Place place, int more) {
        int length = Math.toIntExact(place.schema().getMaxLength()) + more;
        return place.codes(text(length)).contains("too-long");
    }

    @Test
    void texts_may_be_as_short() {
        agree(
                places().filter(place -> place.schema().getMinLength() != null),
                place -> true,
                place -> place.refuses(text(Math.toIntExact(place.schema().getMinLength()) - 1)));
        agree(
                places().filter(AgreementTest::mayBeEmpty),
                place -> false,
                place -> place.refuses(text(0)));
    }

    private static boolean mayBeEmpty(Place place) {
        var schema = place.schema();
        return "string".equals(schema.getType())
                && schema.getMinLength() == null
                && schema.getEnum().isEmpty();
    }

    @Test
    void numbers_may_be_as_large() {
        var limited = places().filter(place -> place.schema().getMaximum() != null).toList();
        agree(limited.stream(), place -> false, place -> outOfRange(place, max(place)));
        agree(limited.stream(), place -> true, place -> outOfRange(place, max(place) + 1));
    }

    @Test
    void numbers_may_be_as_small() {
        var limited = places().filter(place -> place.schema().getMinimum() != null).toList();
        agree(limited.stream(), place -> false, place -> outOfRange(place, min(place)));
        agree(limited.stream(), place -> true, place -> outOfRange(place, min(place) - 1));
    }

    private static long max(Place place) {
        return place.schema().getMaximum().longValue();
    }

    private static long min(Place place) {
        return place.schema().getMinimum().longValue();
    }

    private static boolean outOfRange(Place place, long number) {
        return place.codes(Place.JSON.getNodeFactory().numberNode(number)).contains("out-of-range");
    }

    @Test
    void lists_may_be_as_long_and_as_short() {
        var lists = places().filter(place -> place.schema().getMaxItems() != null).toList();
        Function<Place, Integer> most = place -> Math.toIntExact(place.schema().getMaxItems());
        agree(lists.stream(), p -> false, p -> p.codes(list(most.apply(p))).contains("too-many"));
        agree(
                lists.stream(),
                p -> true,
                p -> p.codes(list(most.apply(p) + 1)).contains("too-many"));
        agree(
                lists.stream(),
                place -> place.schema().getMinItems() != null,
                place -> place.codes(list(0)).contains("too-few"));
    }

    @Test
    void mappings_may_be_as_large() {
        var maps = places().filter(place -> place.schema().getMaxProperties() != null).toList();
        Function<Place, Integer> most = place -> Math.toIntExact(place.schema().getMaxProperties());
        agree(maps.stream(), p -> false, p -> p.codes(map(most.apply(p))).contains("too-many"));
        agree(maps.stream(), p -> true, p -> p.codes(map(most.apply(p) + 1)).contains("too-many"));
    }

    private static Stream<Place> places() {
        return Place.all();
    }

    /** For each place what the schema says, and what the form says. */
    private static <T> void agree(
            Stream<Place> places, Function<Place, T> schema, Function<Place, T> form) {
        var asked = places.toList();
        var apart = new ArrayList<String>();
        for (var place : asked) {
            T says = schema.apply(place);
            T does = form.apply(place);
            if (!says.equals(does)) apart.add(place.shown() + ": " + says + ", but " + does);
        }
        assertEquals(List.of(), apart);
        assertFalse(asked.isEmpty());
    }

    private static Set<String> texts(List<JsonNode> words) {
        var texts = new TreeSet<String>();
        words.forEach(word -> texts.add(word.textValue()));
        return texts;
    }

    private static JsonNode any(String type) {
        return switch (type) {
            case "string" -> text(1);
            case "integer" -> Place.JSON.getNodeFactory().numberNode(1);
            case "boolean" -> Place.JSON.getNodeFactory().booleanNode(true);
            case "array" -> list(0);
            case "object" -> map(0);
            default -> throw new IllegalStateException("a schema has the type " + type);
        };
    }

    private static TextNode text(int length) {
        return new TextNode("a".repeat(length));
    }

    private static JsonNode list(int length) {
        var list = Place.JSON.createArrayNode();
        for (int i = 0; i < length; i++) list.add("a");
        return list;
    }

    private static JsonNode map(int size) {
        var map = Place.JSON.createObjectNode();
        for (int i = 0; i < size; i++) map.put("a" + i, "a");
        return map;
    }
}

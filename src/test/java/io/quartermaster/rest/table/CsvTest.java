package io.quartermaster.rest.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static String written(@Nullable Object... cells) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var names = List.of("a", "b", "c", "d").subList(0, cells.length);
        try (var csv = new Csv(bytes, names)) {
            csv.add(Arrays.asList(cells));
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\r\n") + 2);
    }

    @Test
    void what_would_break_a_row_is_quoted() throws IOException {
        var text = written("a,b", "say \"hi\"", "two\r\nlines", "plain");
        assertEquals("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",plain\r\n", text);
        assertEquals(
                List.of(List.of("a,b", "say \"hi\"", "two\r\nlines", "plain")),
                CsvText.parse(text));
    }

    @Test
    void null_is_nothing_at_all() throws IOException {
        assertEquals(",x,,\r\n", written(null, "x", null, null));
    }

    @Test
    void texts_that_a_spreadsheet_would_run_are_made_harmless_and_numbers_stay_numbers()
            throws IOException {
        var text = written("=1+1", "-2", "@SUM(A1)", new BigDecimal("-2.50"));
        assertEquals(
                List.of(Arrays.asList("'=1+1", "'-2", "'@SUM(A1)", "-2.50")), CsvText.parse(text));
    }

    @Test
    void decimals_are_plain() throws IOException {
        assertEquals(
                "0.0000000001,1000000000000\r\n",
                written(new BigDecimal("1E-10"), new BigDecimal("1E12")));
    }

    @Test
    void labels_are_json_in_the_order_of_their_names() throws IOException {
        var text = written(Map.of("b", "2", "a", "1"));
        assertEquals(List.of(List.of("{\"a\":\"1\",\"b\":\"2\"}")), CsvText.parse(text));
    }

    @Test
    void a_table_without_rows_has_its_header() throws IOException {
        var bytes = new ByteArrayOutputStream();
        new Csv(bytes, List.of("a", "b")).close();
        assertEquals("a,b\r\n", bytes.toString(StandardCharsets.UTF_8));
    }
}

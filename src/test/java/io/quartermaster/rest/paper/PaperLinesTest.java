package io.quartermaster.rest.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperLinesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Line line(String resource, Kind kind) {
        boolean isPriced = kind != Kind.UNPRICED;
        return new Line(
                kind,
                new About(resource, "machine", "small", "web", Map.of()),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T08:00:00Z"),
                new BigDecimal("8"),
                "hour",
                isPriced ? new BigDecimal("0.08") : null,
                isPriced ? new BigDecimal("0.08") : null,
                isPriced ? "EUR" : null,
                isPriced ? "default" : null,
                isPriced ? 3 : 0,
                new Explanation(List.of(), List.of()));
    }

    @Test
    void a_line_is_shown_with_its_time_in_the_tenants_zone_and_the_price_of_a_unit() {
        var lines = new PaperLines(BERLIN);
        lines.add(line("machine/m", Kind.USAGE));
        var shown = lines.shown().getFirst();
        assertEquals("2026-01-01 01:00", shown.from());
        assertEquals("8", shown.quantity());
        assertEquals("0.01 (book default, version 3)", shown.price());
        assertEquals("0.08", shown.amount());
        assertNull(lines.note("x"));
    }

    @Test
    void what_has_no_price_says_so() {
        var lines = new PaperLines(BERLIN);
        lines.add(line("machine/m", Kind.UNPRICED));
        assertEquals("no price yet", lines.shown().getFirst().amount());
        assertEquals("no price yet", lines.sums("EUR").getFirst().value());
    }

    @Test
    void many_lines_are_summed_up_by_resource_and_say_where_the_list_is() {
        var lines = new PaperLines(BERLIN);
        for (int i = 0; i <= PaperLines.SINGLY; i++)
            lines.add(line("machine/" + i % 3, Kind.USAGE));
        assertEquals(3, lines.shown().size());
        assertEquals("13.36", lines.shown().getFirst().amount());
        assertNotNull(lines.note("acme-2026-01"));
        assertEquals("40.08", lines.sums("EUR").getFirst().value());
    }

    @Test
    void too_many_resources_are_one_row_together() {
        var lines = new PaperLines(BERLIN);
        for (int i = 0; i < PaperLines.RESOURCES + 5; i++)
            lines.add(line("machine/" + i, Kind.USAGE));
        assertEquals(PaperLines.RESOURCES + 1, lines.shown().size());
        assertEquals("0.40", lines.shown().getLast().amount());
    }
}

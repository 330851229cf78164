package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.ini;
import static io.quartermaster.inventory.Readings.problems;
import static io.quartermaster.inventory.Readings.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.inventory.Problem.Code;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Limits SMALL = new Limits(10_000, 200, 10, 5, 3, 100, 5, 3);

    @Test
    void a_hundred_thousand_hosts_are_read() {
        var text = "[web]\nweb[1:100000] rack=7\n[web:vars]\nansible_user=deploy\n";
        assertEquals(100_000, accepted(ini(text)).inventory().hosts().size());
    }

    @Test
    void hosts_of_many_lines_are_counted_together() {
        assertEquals(Code.TOO_MANY_HOSTS, problems(SMALL, ini("a[1:6]\nb[1:6]")).getFirst().code());
    }

    @Test
    void groups_are_counted() {
        var found = problems(SMALL, ini("[a]\n[b]\n[c]\n[d]")).getFirst();
        assertEquals(Code.TOO_MANY_GROUPS, found.code());
        assertEquals(4, found.origin().line());
    }

    @Test
    void a_long_chain_of_groups_is_refused() {
        var limits = new Limits(1 << 20, 200, 10, 10_000, 50, 100, 5, 3);
        var text =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "[g" + i + ":children]\ng" + (i + 1) + "\n")
                        .collect(Collectors.joining("", "", "[g5000]\n"));
        assertEquals(Code.TOO_DEEP, problems(limits, ini(text)).getFirst().code());
    }

    @Test
    void the_texts_are_measured_together() {
        var half = "# " + "x".repeat(6_000);
        assertEquals(Code.TEXT_TOO_LONG, problems(SMALL, ini(half), ini(half)).getFirst().code());
    }

    @Test
    void an_alias_counts_each_time_it_is_used() {
        var bomb =
                """
                all:
                  vars:
                    a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]
                    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                """;
        assertEquals(Code.TOO_MANY_VALUES, problems(SMALL, yaml(bomb)).getFirst().code());
    }

    @Test
    void a_bomb_of_merged_mappings_is_refused() {
        var text = new StringBuilder("all:\n  vars:\n    m0: &m0 {x: 1}\n");
        for (int i = 1; i < 40; i++) {
            text.append("    m%d: &m%d {<<: [*m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1));
        }
        var found = problems(Limits.DEFAULT, yaml(text.toString())).getFirst();
        assertEquals(Code.TOO_MANY_VALUES, found.code());
    }

    @Test
    void a_bomb_of_groups_is_refused() {
        var text = new StringBuilder("g0: &g0 {hosts: {h: }}\n");
        for (int i = 1; i < 40; i++) {
            text.append(
                    "g%d: &g%d {children: {x%d: *g%d, y%d: *g%d}}\n"
                            .formatted(i, i, i, i - 1, i, i - 1));
        }
        var found = problems(Limits.DEFAULT, yaml(text.toString())).getFirst();
        assertEquals(Code.TOO_MANY_VALUES, found.code());
    }

    @Test
    void reading_stops_after_the_limit_of_problems() {
        assertEquals(3, problems(SMALL, ini("a b\n".repeat(100))).size());
    }
}

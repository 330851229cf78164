package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Reading.Unreadable;
import io.quartermaster.manifest.Validation.Invalid;
import io.quartermaster.manifest.Validation.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What lies on a limit is read, what lies one beyond it is refused. */
class LimitsTest {
    private static final String HEAD = "apiVersion: quartermaster.io/v1alpha1\n";
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void a_text_of_a_mebibyte_is_read_and_one_byte_more_is_not() {
        var most = HEAD + "\n".repeat(MEBIBYTE - HEAD.length());
        assertInstanceOf(Parsed.class, Manifests.read(bytes(most), MediaKind.YAML));
        assertInstanceOf(Parsed.class, Manifests.read(most, MediaKind.YAML));
        assertEquals("too-large", unreadable(bytes(most + "\n")).code());
    }

    @Test
    void the_limit_of_a_text_counts_bytes_and_not_characters() {
        var reading = Manifests.read("# " + "é".repeat(MEBIBYTE / 2), MediaKind.YAML);
        assertEquals("too-large", assertInstanceOf(Unreadable.class, reading).code());
    }

    @Test
    void a_thousand_documents_are_read_and_one_more_is_not() {
        var most = "--- {}\n".repeat(1000);
        assertEquals(1000, parsed(most).documents().size());
        assertEquals("too-many-documents", unreadable(bytes(most + "--- {}\n")).code());
    }

    @Test
    void fifty_levels_are_read_and_one_more_is_not() {
        parsed("{a: " + "[".repeat(49) + "]".repeat(49) + "}");
        var deeper = "{a: " + "[".repeat(50) + "]".repeat(50) + "}";
        assertEquals("too-deep", unreadable(bytes(deeper)).code());
    }

    @Test
    void a_plan_has_at_most_two_hundred_steps() {
        assertInstanceOf(Valid.class, validated(planOf(200)));
        var invalid = assertInstanceOf(Invalid.class, validated(planOf(201)));
        assertEquals("too-many", invalid.violations().getFirst().code());
        assertEquals("/spec/steps", invalid.violations().getFirst().pointer());
    }

    @Test
    void more_than_a_hundred_violations_are_only_counted() {
        var fields =
                IntStream.range(0, 150)
                        .mapToObj(i -> "x" + i + ": 1\n")
                        .collect(Collectors.joining());
        var invalid = assertInstanceOf(Invalid.class, validated(HEAD + fields));
        assertEquals(100, invalid.violations().size());
        assertEquals(53, invalid.omitted(), "the others, and three fields missing");
    }

    @Test
    void a_chain_of_a_thousand_bastions_is_put_in_order_in_time() {
        var hosts =
                IntStream.range(0, 1000)
                        .mapToObj(i -> host("h" + i, i == 999 ? "" : "bastion: h" + (i + 1)))
                        .collect(Collectors.joining("---\n"));
        var valid =
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertInstanceOf(Valid.class, validated(hosts)));
        assertEquals("h999", valid.changes().getFirst().name());
        assertEquals("h0", valid.changes().getLast().name());
    }

    @Test
    void messages_stay_short_whatever_was_found() {
        var name = "n".repeat(100_000);
        var text = HEAD + "kind: Host\nmetadata: {name: " + name + "}\nspec: {}\n";
        var invalid = assertInstanceOf(Invalid.class, validated(text));
        assertTrue(invalid.violations().stream().allMatch(it -> it.message().length() < 300));
    }

    private static String planOf(int steps) {
        return HEAD
                + "kind: ProvisioningPlan\nmetadata: {name: long}\nspec:\n  steps:\n"
                + IntStream.range(0, steps)
                        .mapToObj(i -> "  - {name: s" + i + ", reboot: {}}\n")
                        .collect(Collectors.joining());
    }

    private static String host(String name, String more) {
        return HEAD
                + "kind: Host\nmetadata: {name: "
                + name
                + "}\nspec:\n  address: a.example\n  user: u\n  credentials: {agent: true}\n"
                + (more.isEmpty() ? "" : "  " + more + "\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Parsed parsed(String text) {
        var reading = Manifests.read(bytes(text), MediaKind.YAML);
        return assertInstanceOf(Parsed.class, reading, reading::toString);
    }

    private static Unreadable unreadable(byte[] text) {
        return assertInstanceOf(Unreadable.class, Manifests.read(text, MediaKind.YAML));
    }

    private static Validation validated(String text) {
        return Manifests.validate(parsed(text).documents(), References.NONE);
    }
}

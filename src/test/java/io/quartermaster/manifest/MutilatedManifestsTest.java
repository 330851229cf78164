package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Reading.Unreadable;
import io.quartermaster.manifest.Validation.Invalid;
import io.quartermaster.manifest.Validation.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, they are read or refused in order, and soon. */
class MutilatedManifestsTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus/manifests");
    private static final int LONG = 1 << 18;
    private static final int ROUNDS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** Pieces that mean something to a parser. */
    private static final List<String> PIECES =
            List.of(
                    "---\n",
                    "...\n",
                    "- ",
                    "? ",
                    ": ",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    "\"",
                    "'",
                    "|\n",
                    ">-\n",
                    "&a ",
                    "*a",
                    "!!",
                    "!",
                    "%YAML 9.9\n",
                    "%TAG ! x\n",
                    "#",
                    "\t",
                    "\r",
                    "\\u",
                    "\\x",
                    "\\UFFFFFFFF",
                    "0x",
                    "1e999999999",
                    ".inf",
                    "~",
                    "null",
                    "\0",
                    "\uFEFF",
                    "\u2028",
                    "@",
                    "`",
                    "<<: ",
                    "-1",
                    "spec",
                    "steps:\n",
                    "\n",
                    "\n  ",
                    "\n    ",
                    "{}",
                    "[]",
                    "é");

    @Test
    void any_bytes_are_read_or_refused() throws IOException {
        var seeds = seeds();
        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    for (int seed = 0; seed < ROUNDS; seed++) {
                        var random = new Random(seed);
                        var bytes = mutilated(seeds.get(random.nextInt(seeds.size())), random);
                        tryOut(bytes, MediaKind.values()[random.nextInt(2)], seed);
                    }
                });
    }

    @Test
    void one_piece_again_and_again_is_read_or_refused_in_time() {
        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    for (int i = 0; i < PIECES.size(); i++) {
                        var piece = PIECES.get(i);
                        var length = piece.getBytes(StandardCharsets.UTF_8).length;
                        var text = piece.repeat(LONG / length);
                        tryOut(text.getBytes(StandardCharsets.UTF_8), MediaKind.YAML, i);
                        tryOut(text.getBytes(StandardCharsets.UTF_8), MediaKind.JSON, i);
                    }
                });
    }

    private static void tryOut(byte[] bytes, MediaKind kind, int seed) {
        try {
            switch (Manifests.read(bytes, kind)) {
                case Unreadable it ->
                        assertTrue(it.line() >= 1 && it.column() >= 1 && !it.reason().isBlank());
                case Parsed parsed -> tryOut(parsed);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", " + kind, e);
        }
    }

    private static void tryOut(Parsed parsed) {
        switch (Manifests.validate(parsed.documents(), new Existing())) {
            case Valid valid -> assertTrue(!valid.changes().isEmpty());
            case Invalid invalid -> assertTrue(!invalid.violations().isEmpty());
        }
    }

    private static List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<byte[]>();
        try (var files = Files.walk(CORPUS)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    private static byte[] mutilated(byte[] bytes, Random random) {
        var mutilated = bytes;
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            int at = random.nextInt(mutilated.length + 1);
            mutilated =
                    switch (random.nextInt(4)) {
                        case 0 -> joined(mutilated, at, piece(random), at);
                        case 1 ->
                                joined(
                                        mutilated,
                                        at,
                                        piece(random),
                                        Math.min(mutilated.length, at + 4));
                        case 2 -> joined(mutilated, at, noise(random), at);
                        default ->
                                joined(
                                        mutilated,
                                        Math.min(at, random.nextInt(at + 1)),
                                        new byte[0],
                                        at);
                    };
        }
        return mutilated;
    }

    private static byte[] piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(Random random) {
        var noise = new byte[1 + random.nextInt(3)];
        random.nextBytes(noise);
        return noise;
    }

    /** The bytes before {@code head}, the middle, and the bytes from {@code tail}. */
    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        var joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }
}

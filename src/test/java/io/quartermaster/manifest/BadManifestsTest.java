package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Reading.Unreadable;
import io.quartermaster.manifest.Validation.Invalid;
import io.quartermaster.manifest.Validation.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad text is refused for exactly the reasons that the corpus' index gives. */
class BadManifestsTest {
    private static final Path FOLDER = Path.of("src/test/resources/corpus/manifests/bad");

    /** What somebody might have pasted where it does not belong. */
    private static final List<String> SECRETS = List.of("hunter2", "PRIVATE KEY");

    /** One thing that is wrong; {@code words} is a part of the message, or all of it. */
    private record Wrong(int status, String where, String code, String words) {
        static final Comparator<Wrong> ORDER =
                Comparator.comparing(Wrong::where).thenComparing(Wrong::code);

        Wrong(String[] cells) {
            this(Integer.parseInt(cells[1]), cells[2], cells[3], cells[4]);
        }

        boolean covers(Wrong found) {
            return found.words.contains(words)
                    && equals(new Wrong(found.status, found.where, found.code, words));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_bad_text_is_refused_with_a_place_a_code_and_a_sentence(String name) throws IOException {
        var expected = expected(name).sorted(Wrong.ORDER).toList();
        var found = wrongs(name).sorted(Wrong.ORDER).toList();
        assertEquals(expected.size(), found.size(), found::toString);
        for (int i = 0; i < found.size(); i++) {
            assertTrue(expected.get(i).covers(found.get(i)), found.get(i)::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_secret_is_echoed(String name) throws IOException {
        var messages = wrongs(name).map(Wrong::toString).toList().toString();
        for (var secret : SECRETS) {
            assertFalse(messages.contains(secret), messages);
        }
    }

    @Test
    void every_text_of_the_corpus_stands_in_its_index() throws IOException {
        var indexed = rows().map(cells -> cells[0]).distinct().sorted().toList();
        assertEquals(names().sorted().toList(), indexed);
    }

    static Stream<String> names() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("index.txt"))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String[]> rows() throws IOException {
        return Files.readAllLines(FOLDER.resolve("index.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 5));
    }

    private static Stream<Wrong> expected(String name) throws IOException {
        return rows().filter(cells -> cells[0].equals(name)).map(Wrong::new);
    }

    private static Stream<Wrong> wrongs(String name) throws IOException {
        var kind = name.endsWith(".json") ? MediaKind.JSON : MediaKind.YAML;
        return switch (Manifests.read(Files.readAllBytes(FOLDER.resolve(name)), kind)) {
            case Unreadable it -> {
                var where = it.line() + ":" + it.column();
                yield Stream.of(new Wrong(400, where, it.code(), it.reason()));
            }
            case Parsed parsed ->
                    switch (Manifests.validate(parsed.documents(), new Existing())) {
                        case Valid valid -> Stream.of();
                        case Invalid invalid -> invalid.violations().stream().map(it -> wrong(it));
                    };
        };
    }

    private static Wrong wrong(Violation it) {
        var document = it.document() == 0 ? "" : it.document() + ":";
        return new Wrong(422, document + it.pointer(), it.code(), it.message());
    }
}

package io.quartermaster.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellWordTest {
    private static final List<String> HOSTILE =
            List.of(
                    "",
                    " ",
                    "'",
                    "''",
                    "'\\''",
                    "\"",
                    "\\",
                    "\\'",
                    "$HOME",
                    "$(id)",
                    "`id`",
                    "a\nb",
                    "\n",
                    "\r\n",
                    "-n",
                    "--help",
                    "!!",
                    "*",
                    "?",
                    "[a-z]",
                    "~",
                    "~root",
                    "#",
                    "&",
                    ";",
                    "|",
                    "<",
                    ">",
                    "(",
                    ")",
                    "{a,b}",
                    "\t",
                    "%s%n",
                    "ä€😀",
                    "\u0001\u007f",
                    "EOF",
                    "a'b\"c$d`e\\f\ng");

    @Test
    void any_text_comes_out_of_a_real_shell_as_it_went_in() throws Exception {
        var words = new ArrayList<>(HOSTILE);
        var random = new Random(20250714);
        for (int i = 0; i < 500; i++) {
            var word = new StringBuilder();
            for (int part = random.nextInt(6); part >= 0; part--) {
                word.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
            words.add(word.toString());
        }

        assertEquals(words, throughShell(words));
    }

    @Test
    void a_word_with_a_nul_is_refused_with_its_place() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new ShellWord("ab\0c"));

        assertEquals("a NUL at position 2, which no shell word can hold", refused.getMessage());
    }

    /** Has sh print each word with a NUL behind it, which no word can hold. */
    private static List<String> throughShell(List<String> words)
            throws IOException, InterruptedException {
        var script = new StringBuilder();
        for (String word : words) {
            script.append("printf '%s\\0' ").append(ShellWord.quote(word)).append('\n');
        }
        var shell = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread.startVirtualThread(
                () -> {
                    try (var in = shell.getOutputStream()) {
                        in.write(script.toString().getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        var printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor());
        return List.of(printed.split("\0", -1)).subList(0, words.size());
    }
}

package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as Python's {@code shlex.split} does, which Ansible uses for host lines
 * (where a hash ends the line, also within a word) and for SSH arguments (where it does not).
 */
final class Words {
    private final String line;
    private final boolean comments;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private Words(String line, boolean comments) {
        this.line = line;
        this.comments = comments;
    }

    /** Thrown with what is missing; the line is not quoted, for it may hold a secret. */
    static final class OpenQuote extends Exception {
        private static final long serialVersionUID = 1L;

        OpenQuote(String found) {
            super(found, null, false, false);
        }
    }

    static List<String> ofHostLine(String line) throws OpenQuote {
        return new Words(line, true).split();
    }

    static List<String> ofArguments(String line) throws OpenQuote {
        return new Words(line, false).split();
    }

    private List<String> split() throws OpenQuote {
        for (at = 0; at < line.length(); at++) {
            var c = line.charAt(at);
            if (c == ' ' || c == '\t') endWord();
            else if (c == '#' && comments) break;
            else take(c);
        }
        endWord();
        return List.copyOf(words);
    }

    private void take(char c) throws OpenQuote {
        inWord = true;
        switch (c) {
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> word.append(next("nothing after the last backslash"));
            default -> word.append(c);
        }
    }

    private void singleQuoted() throws OpenQuote {
        for (var c = next(open('\'')); c != '\''; c = next(open('\''))) word.append(c);
    }

    private void doubleQuoted() throws OpenQuote {
        for (var c = next(open('"')); c != '"'; c = next(open('"'))) {
            if (c != '\\') {
                word.append(c);
                continue;
            }
            var escaped = next(open('"'));
            if (escaped != '"' && escaped != '\\') word.append('\\');
            word.append(escaped);
        }
    }

    private char next(String problem) throws OpenQuote {
        if (++at >= line.length()) throw new OpenQuote(problem);
        return line.charAt(at);
    }

    private static String open(char quote) {
        return "a " + quote + " that is not closed";
    }

    private void endWord() {
        if (inWord) words.add(word.toString());
        word.setLength(0);
        inWord = false;
    }
}

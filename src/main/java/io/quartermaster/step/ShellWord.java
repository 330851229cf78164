package io.quartermaster.step;

/**
 * One word of a POSIX shell's command line. The only way by which a text that is not part of a
 * program gets into a script.
 *
 * @param text any characters but NUL, which no argument of a program can hold
 */
public record ShellWord(String text) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it holds a NUL
     */
    public ShellWord {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException(
                    "a NUL at position " + nul + ", which no shell word can hold");
        }
    }

    /** Within single quotes, where no character means anything but the quote itself. */
    public String quoted() {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The text as one quoted word. */
    public static String quote(String text) {
        return new ShellWord(text).quoted();
    }
}

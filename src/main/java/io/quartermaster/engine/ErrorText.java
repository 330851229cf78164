package io.quartermaster.engine;

/** What a failure says, in a form that can be stored and shown. */
public final class ErrorText {
    private static final int LONGEST = 1000;

    private ErrorText() {}

    /** The kind of failure and its message, at most a thousand characters, without NUL. */
    public static String of(Throwable failure) {
        var text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        var clean = text.replace('\0', ' '); // PostgreSQL stores none
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }
}

package io.quartermaster.sink;

import java.util.Map;

/** What came of a request. */
public sealed interface Answer {

    /**
     * An answer that came whole.
     *
     * @param headers by name in lower case
     * @param body its first {@link #MOST} characters
     */
    record Answered(int status, Map<String, String> headers, String body) implements Answer {}

    /**
     * None, or not the whole of it: the request may have been carried out or not.
     *
     * @param why without anything secret
     */
    record Silence(String why) implements Answer {}

    /** Nothing can be sent, for a reason on this side that a person can remove. */
    record Unsent(String why) implements Answer {}

    /** More of a body is not read. */
    int MOST = 1 << 18;

    /** The answer in a few words, for people. */
    default String summary() {
        return switch (this) {
            case Answered(int status, var headers, String body) -> excerpt(status + " " + body);
            case Silence(String why) -> excerpt("no answer: " + why);
            case Unsent(String why) -> excerpt("not sent: " + why);
        };
    }

    /** At most 300 printable characters. */
    static String excerpt(String text) {
        var printable = text.strip().replaceAll("\\p{C}", " ");
        return printable.length() <= 300 ? printable : printable.substring(0, 299) + "…";
    }
}

package io.quartermaster.es;

import java.util.regex.Pattern;

/**
 * Names one stream of events, that is one aggregate: its kind and its own key, written {@code
 * machine/web-k3x9a2qd}.
 *
 * @param type the kind, as {@link Decider#streamType()} says: lower case letters and hyphens
 * @param key what tells aggregates of the kind apart: 1 to 253 characters, no control characters
 */
public record StreamId(String type, String key) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z-]{0,31}");

    /** Checks both parts. */
    public StreamId {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("stream type '" + type + "' must match " + TYPE);
        }
        if (key.isEmpty() || key.length() > 253 || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a stream's key needs 1 to 253 characters without control characters");
        }
    }

    /** Reads what {@link #toString()} wrote. */
    public static StreamId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is no stream id: expected TYPE/KEY");
        }
        return new StreamId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return type + "/" + key;
    }
}

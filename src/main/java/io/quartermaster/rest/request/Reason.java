package io.quartermaster.rest.request;

import org.jspecify.annotations.Nullable;

/**
 * The body of calls by which a person takes responsibility for something.
 *
 * @param reason 1 to 500 characters; it is recorded and shown, so never a secret
 */
public record Reason(@Nullable String reason) {
    private static final int LONGEST = 500;

    /** Reads a body that must give a reason. */
    public static String required(byte[] body) {
        return check(Bodies.read(body, Reason.class).reason());
    }

    /** Reads a body that may give a reason. */
    public static String or(byte[] body, String otherwise) {
        var given = Bodies.read(body, Reason.class).reason();
        return given == null ? otherwise : check(given);
    }

    /** A reason that can be recorded. */
    public static String check(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw Bodies.invalid("/reason", "missing-field", "say why; the reason is recorded");
        }
        if (reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl)) {
            throw Bodies.invalid(
                    "/reason",
                    "too-long",
                    "a reason has up to %d characters, none of them control".formatted(LONGEST));
        }
        return reason;
    }
}

package io.quartermaster.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list goes on: the last name that was shown, so that what comes and goes in between
 * neither hides nor repeats anything else.
 */
final class Cursor {
    private static final int LONGEST = 1024;

    private Cursor() {}

    static String after(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String read(String cursor) {
        if (cursor.length() > LONGEST) throw invalid();
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            var name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            // PostgreSQL has no NUL in texts, so it is in none of our names either.
            if (name.isEmpty() || name.toString().indexOf('\0') >= 0) throw invalid();
            return name.toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    static int readNumber(String cursor) {
        try {
            return Integer.parseInt(read(cursor));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static InvalidQuery invalid() {
        return new InvalidQuery(
                "cursor-invalid",
                "cursor",
                "the cursor is none that this server gave out; leave it away to start over");
    }
}

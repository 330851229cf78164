package io.quartermaster.rest.request;

import io.quartermaster.rest.problem.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The caller's own name for a request, by which a repeat is known as one (Idempotency-Key).
 *
 * @param value 1 to 255 visible ASCII characters
 */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    static IdempotencyKey parse(String header) {
        if (FORM.matcher(header).matches()) return new IdempotencyKey(header);
        throw Refused.parameter(HEADER, header, "it takes 1 to 255 visible ASCII characters");
    }

    /** Tells requests apart that come under the same key: SHA-256 over method, target and body. */
    static String fingerprint(String method, String target, byte[] body) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((method + " " + target + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

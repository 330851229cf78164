package io.quartermaster.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A public key as OpenSSH writes it: algorithm, base64, and a comment that is not kept; before it
 * {@code @cert-authority} when it is one that signs host keys. See sshd(8), and RFC 4253 section
 * 6.6 for what is in the base64.
 */
final class HostKey {
    static final Shape SHAPE =
            new Shape(
                    "a public key as OpenSSH writes it (ssh-ed25519 AAAA...), optionally after"
                            + " @cert-authority",
                    Limits.HOST_KEY,
                    Code.BAD_FORMAT,
                    false,
                    text -> isKey(words(text)));

    private static final String AUTHORITY = "@cert-authority";

    /** How many fields the base64 has, by algorithm, the first being the algorithm's name. */
    private static final Map<String, Integer> FIELDS =
            Map.of(
                    "ssh-ed25519", 2,
                    "ssh-rsa", 3,
                    "ecdsa-sha2-nistp256", 3,
                    "ecdsa-sha2-nistp384", 3,
                    "ecdsa-sha2-nistp521", 3,
                    "sk-ssh-ed25519@openssh.com", 3,
                    "sk-ecdsa-sha2-nistp256@openssh.com", 4);

    private HostKey() {}

    /** The key without its comment; what is no key stays as it is. */
    static String normal(String text) {
        List<String> words = words(text);
        int kept = words.getFirst().equals(AUTHORITY) ? 3 : 2;
        return String.join(" ", words.subList(0, Math.min(kept, words.size())));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("[ \t]+"));
    }

    private static boolean isKey(List<String> words) {
        List<String> key =
                words.getFirst().equals(AUTHORITY) ? words.subList(1, words.size()) : words;
        if (key.size() < 2 || words.stream().anyMatch(word -> word.matches(".*\\p{Cntrl}.*"))) {
            return false;
        }
        String algorithm = key.get(0);
        return fields(key.get(1))
                .filter(fields -> Integer.valueOf(fields.size()).equals(FIELDS.get(algorithm)))
                .filter(fields -> algorithm.equals(text(fields.getFirst())))
                .filter(fields -> !algorithm.contains("ed25519") || fields.get(1).length == 32)
                .isPresent();
    }

    /** The fields in the base64, each after its length in four bytes. */
    private static Optional<List<byte[]>> fields(String base64) {
        List<byte[]> fields = new ArrayList<>();
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            while (blob.hasRemaining()) {
                int length = blob.remaining() < 4 ? -1 : blob.getInt();
                if (length < 0 || length > blob.remaining()) {
                    return Optional.empty();
                }
                byte[] field = new byte[length];
                blob.get(field);
                fields.add(field);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(fields);
    }

    private static String text(byte[] field) {
        return new String(field, StandardCharsets.US_ASCII);
    }
}

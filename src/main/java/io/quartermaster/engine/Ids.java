package io.quartermaster.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that follow from other ids, so that doing something again gives the same id again. */
public final class Ids {

    private Ids() {}

    /** The id of a name within another id: a version 5 UUID of RFC 9562. */
    public static UUID derive(UUID within, String name) {
        var sha = sha1();
        sha.update(
                ByteBuffer.allocate(16)
                        .putLong(within.getMostSignificantBits())
                        .putLong(within.getLeastSignificantBits())
                        .flip());
        var hash = ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }
}

package io.quartermaster.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Target;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the pinned keys of one host, and certificates signed by its pinned authorities. A host
 * without pins is reported to the journal, and accepted when the journal has recorded it. The
 * certificate's signature, validity and names were checked by sshj before it asks here.
 */
final class PinnedKeys implements HostKeyVerifier {
    private static final String AUTHORITY = "@cert-authority";
    private static final long HOST_CERTIFICATE = 2;
    private static final List<String> RSA = List.of("rsa-sha2-512", "rsa-sha2-256");
    private static final List<String> PLAIN =
            Stream.concat(
                            Stream.of(
                                    "ssh-ed25519",
                                    "ecdsa-sha2-nistp256",
                                    "ecdsa-sha2-nistp384",
                                    "ecdsa-sha2-nistp521"),
                            RSA.stream())
                    .toList();
    private static final List<String> CERTIFIED =
            Stream.of(KeyType.values())
                    .filter(type -> type.getParent() != null)
                    .map(KeyType::toString)
                    .toList();

    private final Target target;
    private final Journal journal;
    private final List<Pin> pins;
    private volatile @Nullable String refused;
    private volatile @Nullable RuntimeException unrecorded;

    PinnedKeys(Target target, Journal journal) {
        this.target = target;
        this.journal = journal;
        this.pins = target.hostKeys().stream().map(Pin::parse).toList();
    }

    /** The key that was shown and is not pinned. */
    Optional<String> refused() {
        return Optional.ofNullable(refused);
    }

    /** What the journal threw instead of recording the first contact. */
    Optional<RuntimeException> unrecorded() {
        return Optional.ofNullable(unrecorded);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        if (pins.stream().anyMatch(pin -> pin.accepts(key))) {
            return true;
        }
        String shown = openSsh(key);
        if (!pins.isEmpty()) {
            refused = shown;
            return false;
        }
        try {
            journal.firstContact(target.host(), shown);
            return true;
        } catch (RuntimeException e) {
            unrecorded = e;
            return false;
        }
    }

    /**
     * What the host shall show: a key of a pinned type, so that a host with several keys shows a
     * known one.
     */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return pins.isEmpty() ? PLAIN : pins.stream().flatMap(Pin::algorithms).distinct().toList();
    }

    /** The key as OpenSSH writes it: {@code ssh-ed25519 AAAA...}. */
    static String openSsh(PublicKey key) {
        return KeyType.fromKey(key) + " " + Base64.getEncoder().encodeToString(encoded(key));
    }

    private static byte[] encoded(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    private record Pin(boolean authority, String type, byte[] key) {

        static Pin parse(String line) {
            List<String> words = new java.util.ArrayList<>(List.of(line.strip().split("\\s+")));
            boolean authority = words.removeIf(AUTHORITY::equals);
            int type = 0;
            while (type < words.size() && !isType(words.get(type))) {
                type++;
            }
            if (type + 1 >= words.size()) {
                return new Pin(authority, "unreadable", new byte[0]);
            }
            return new Pin(authority, words.get(type), decoded(words.get(type + 1)));
        }

        private static boolean isType(String word) {
            return KeyType.fromString(word) != KeyType.UNKNOWN;
        }

        private static byte[] decoded(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        boolean accepts(PublicKey shown) {
            if (shown instanceof Certificate<?> certificate) {
                return authority
                        && certificate.getType() == HOST_CERTIFICATE
                        && Arrays.equals(key, certificate.getSignatureKey());
            }
            return !authority && Arrays.equals(key, encoded(shown));
        }

        Stream<String> algorithms() {
            if (authority) {
                return CERTIFIED.stream();
            }
            return type.equals("ssh-rsa") ? RSA.stream() : Stream.of(type);
        }
    }
}

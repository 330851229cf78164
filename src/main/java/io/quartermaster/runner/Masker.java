package io.quartermaster.runner;

import java.util.Collection;
import java.util.List;

/**
 * Replaces secrets in a stream of text that comes in arbitrary pieces. Holds back as many
 * characters as a secret could still need, so that none passes in two halves.
 */
final class Masker {

    private static final String MASK = "******";

    private final List<String> secrets;
    private final int longest;
    private final StringBuilder held = new StringBuilder();

    /**
     * Secrets of fewer than four characters are not masked: they would hide half the text and guard
     * nothing.
     */
    Masker(Collection<String> secrets) {
        this.secrets =
                secrets.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.length() >= 4)
                        .distinct()
                        .sorted((a, b) -> b.length() - a.length())
                        .toList();
        this.longest = this.secrets.isEmpty() ? 0 : this.secrets.getFirst().length();
    }

    /** What may be shown now of all that came so far. */
    String pass(String piece) {
        if (longest == 0) {
            return piece;
        }
        held.append(piece);
        String masked = mask(held.toString());
        int keep = Math.min(longest - 1, masked.length());
        String shown = masked.substring(0, masked.length() - keep);
        held.setLength(0);
        held.append(masked, masked.length() - keep, masked.length());
        return shown;
    }

    /** The rest, when no more comes. */
    String rest() {
        String masked = mask(held.toString());
        held.setLength(0);
        return masked;
    }

    /** A whole text with its secrets replaced. */
    String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}

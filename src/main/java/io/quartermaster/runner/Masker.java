package io.quartermaster.runner;

import java.util.Collection;
import java.util.List;

/**
 * Replaces secrets in a stream of text that comes in arbitrary pieces; the pieces make no
 * difference to what is shown. Holds back as many characters as a secret could still need, so that
 * none passes in two halves.
 */
final class Masker {

    private static final String MASK = "******";
    private static final int SHORTEST = 4;

    private final List<String> secrets;
    private final int longest;
    private final StringBuilder held = new StringBuilder();

    /** How many of the next characters belong to a secret that began before them. */
    private int hidden;

    /**
     * Secrets of fewer than four characters are not masked: they would hide half the text and guard
     * nothing.
     */
    Masker(Collection<String> secrets) {
        this.secrets =
                secrets.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.strip().length() >= SHORTEST)
                        .distinct()
                        .toList();
        this.longest = this.secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    /** What may be shown now of all that came so far. */
    String pass(String piece) {
        held.append(piece);
        return shown(held.length() - longest + 1);
    }

    /** The rest, when no more comes. */
    String rest() {
        String rest = shown(held.length());
        hidden = 0;
        return rest;
    }

    /** A whole text with its secrets replaced; a stream that is under way is not affected. */
    String mask(String text) {
        Masker whole = new Masker(secrets);
        return whole.pass(text) + whole.rest();
    }

    /** Decides on so many of the characters held: whether a secret begins at or covers each. */
    private String shown(int decided) {
        if (longest == 0 || decided <= 0) {
            return longest == 0 ? all() : "";
        }
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < decided; at++) {
            int length = secretAt(at);
            if (length > 0 && hidden == 0) {
                shown.append(MASK);
            }
            hidden = Math.max(hidden, length);
            if (hidden > 0) {
                hidden--;
            } else {
                shown.append(held.charAt(at));
            }
        }
        held.delete(0, decided);
        return shown.toString();
    }

    private String all() {
        String all = held.toString();
        held.setLength(0);
        return all;
    }

    /** The length of the longest secret that begins there, 0 when none does. */
    private int secretAt(int at) {
        int length = 0;
        for (String secret : secrets) {
            if (secret.length() > length && startsAt(at, secret)) {
                length = secret.length();
            }
        }
        return length;
    }

    private boolean startsAt(int at, String secret) {
        if (at + secret.length() > held.length()) {
            return false;
        }
        for (int i = 0; i < secret.length(); i++) {
            if (held.charAt(at + i) != secret.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

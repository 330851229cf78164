package io.quartermaster.manifest;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {
    private static final int LONGEST = 63;

    private Nearest() {}

    /**
     * The candidate with the fewest mistakes, if these are at most two and a third of the word.
     * Nobody knows a long word well enough to get it nearly right.
     */
    static Optional<String> to(String word, Collection<String> candidates) {
        int most = Math.clamp(word.length() / 3, 1, 2);
        return candidates.stream()
                .filter(each -> word.length() <= LONGEST)
                .filter(each -> Math.abs(each.length() - word.length()) <= most)
                .map(each -> Map.entry(each, distance(word, each)))
                .filter(each -> each.getValue() <= most)
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Insertions, deletions, replacements and swaps of neighbours; case does not count. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, i, j, a, b);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, int i, int j, String a, String b) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int fewest =
                Math.min(
                        edits[i - 1][j - 1] + (same ? 0 : 1),
                        1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}

package io.quartermaster.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest edits, if these are at most two and a third of the word. */
    static Optional<String> to(String word, List<String> candidates) {
        int most = Math.min(2, Math.max(1, word.length() / 3));
        return candidates.stream()
                .filter(each -> Math.abs(each.length() - word.length()) <= most)
                .min(Comparator.comparingInt(each -> distance(word, each)))
                .filter(each -> distance(word, each) <= most);
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

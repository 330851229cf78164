package io.quartermaster.view;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param tenant whose things, absent for everybody's
 * @param state the state's word, absent for everything that is not gone
 * @param labels what the labels must be
 * @param limit items on a page, 1 to 500
 * @param cursor where the page before ended, absent for the first
 */
public record Listing(
        @Nullable String tenant,
        @Nullable String state,
        LabelSelector labels,
        int limit,
        @Nullable String cursor) {

    /** Items on a page when nobody asks for more or fewer. */
    public static final int DEFAULT_LIMIT = 100;

    /** Most items on a page. */
    public static final int MOST = 500;

    private static final int LONGEST_WORD = 253;

    /** Everything that is not gone, first page. */
    public static final Listing ALL =
            new Listing(null, null, LabelSelector.EVERYTHING, DEFAULT_LIMIT, null);

    /** Checks the limits. */
    public Listing {
        if (limit < 1 || limit > MOST) {
            throw new InvalidQuery(
                    "limit-invalid", "limit", "limit is " + limit + ", it may be 1 to " + MOST);
        }
        checkWord("tenant", tenant);
        checkWord("state", state);
    }

    private static void checkWord(String parameter, @Nullable String word) {
        if (word == null) return;
        if (word.length() > LONGEST_WORD || word.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidQuery(
                    parameter + "-invalid",
                    parameter,
                    parameter + " may have " + LONGEST_WORD + " characters, none of them control");
        }
    }

    /** How many rows to read: one more than are shown, to know whether there are more. */
    public int fetch() {
        return limit + 1;
    }

    /** The name that the page before ended with; for a listing that has a cursor. */
    String after() {
        return Cursor.read(Objects.requireNonNull(cursor));
    }

    /** The number that the page before ended with; for a listing by number that has a cursor. */
    public int afterNumber() {
        return Cursor.readNumber(Objects.requireNonNull(cursor));
    }

    /** The same, of one tenant. */
    public Listing of(String owner) {
        return new Listing(owner, state, labels, limit, cursor);
    }

    /** The same, in one state. */
    public Listing in(String word) {
        return new Listing(tenant, word, labels, limit, cursor);
    }

    /** The same, with certain labels. */
    public Listing labelled(LabelSelector selector) {
        return new Listing(tenant, state, selector, limit, cursor);
    }

    /** The same, in pages of another size. */
    public Listing limit(int items) {
        return new Listing(tenant, state, labels, items, cursor);
    }

    /** The same, from where a page ended. */
    public Listing from(@Nullable String end) {
        return new Listing(tenant, state, labels, limit, end);
    }
}

package io.quartermaster.view;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, in the order of the items' names.
 *
 * @param next cursor of the following part, absent at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from rows that were read with {@link Listing#fetch()}, one more than it shows.
     *
     * @param name what the list is ordered by, unique
     */
    public static <T> Page<T> of(List<T> rows, Listing listing, Function<T, String> name) {
        if (rows.size() <= listing.limit()) return new Page<>(rows, null);
        var shown = rows.subList(0, listing.limit());
        return new Page<>(shown, Cursor.after(name.apply(shown.getLast())));
    }
}

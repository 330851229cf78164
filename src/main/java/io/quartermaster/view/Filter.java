package io.quartermaster.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A WHERE clause in the making: conditions as constant text, everything from outside as a value.
 */
public final class Filter {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition with one value for each of its question marks. */
    public Filter and(String condition, Object... itsValues) {
        conditions.add(condition);
        values.addAll(List.of(itsValues));
        return this;
    }

    /**
     * Adds what a listing asks for, but for its state.
     *
     * @param name the column that the list is ordered by
     * @param labels the column of the labels
     */
    public Filter and(Listing listing, String name, String labels) {
        if (listing.tenant() != null) and("tenant = ?", listing.tenant());
        if (listing.cursor() != null) and(name + " > ?", listing.after());
        listing.labels().restrict(this, labels);
        return this;
    }

    /** The clause, with the word WHERE; empty when there is no condition. */
    public String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** The values for the question marks, and some more at the end. */
    public Object[] values(Object... more) {
        var all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all.toArray();
    }
}

package io.quartermaster.billing.invoice;

import io.quartermaster.billing.price.Line;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a line is about, whatever it amounts to: lines of one subject add up.
 *
 * @param book and {@code version} of the price, absent without one
 */
record Subject(
        Line.About about,
        Instant from,
        Instant to,
        String unit,
        @Nullable String book,
        int version) {

    static Subject of(Line line) {
        return new Subject(
                line.about(), line.from(), line.to(), line.unit(), line.book(), line.version());
    }

    /** Whether a line is about the same resource at a time that overlaps. */
    boolean touches(Line line) {
        return line.about().resource().equals(about.resource())
                && line.about().meter().equals(about.meter())
                && line.from().isBefore(to)
                && from.isBefore(line.to());
    }

    /** The same for the same subject, in every process. */
    String text() {
        return String.join(
                "|",
                about.resource(),
                about.meter(),
                about.product(),
                about.group(),
                new TreeMap<>(about.labels()).toString(),
                from.toString(),
                to.toString(),
                unit,
                String.valueOf(book),
                Integer.toString(version));
    }
}

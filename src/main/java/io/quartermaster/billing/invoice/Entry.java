package io.quartermaster.billing.invoice;

import io.quartermaster.billing.price.Line;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice.
 *
 * @param corrects the booked line that an adjustment is about, absent where there is none
 */
public record Entry(Line line, @Nullable UUID corrects) {

    static Entry of(Line line) {
        return new Entry(line, null);
    }

    /**
     * What tells it apart within its invoice, and stays the same when the invoice is computed
     * again.
     */
    public String key() {
        return line.kind() + "|" + Subject.of(line).text();
    }
}

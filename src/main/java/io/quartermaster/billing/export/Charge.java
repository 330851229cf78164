package io.quartermaster.billing.export;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Rating.Month;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a document that was made: an invoice or a credit note.
 *
 * @param ordinal its place in the document, from 1
 * @param corrects the line that it is about, absent where there is none
 */
public record Charge(Document document, UUID id, int ordinal, Line line, @Nullable UUID corrects) {

    /**
     * The document that it stands on.
     *
     * @param number absent until the issuer has given it one
     * @param takesBack the invoice that a credit note is about, absent for an invoice
     * @param invoicedFrom where the tenant's first period began; what was used before had never
     *     been invoiced
     */
    public record Document(
            String id,
            String tenant,
            String issuer,
            @Nullable String number,
            Month period,
            String currency,
            @Nullable String takesBack,
            Instant invoicedFrom) {}

    /** Whether it corrects what had been invoiced for an earlier period. */
    boolean isCorrection() {
        if (document.takesBack() != null) return true;
        return line.kind() == Line.Kind.ADJUSTMENT
                && !line.from().isBefore(document.invoicedFrom());
    }

    /** Whether it stands for use that is charged as it came about. */
    boolean isPlainUsage() {
        return line.kind().isUsage() && !isCorrection();
    }
}

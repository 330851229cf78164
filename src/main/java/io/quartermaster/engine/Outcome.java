package io.quartermaster.engine;

import java.util.List;

/** What the log did with one decided command. */
public sealed interface Outcome {

    /** It is in the log, now or since an earlier time; one receipt for each change. */
    record Appended(List<Receipt> receipts) implements Outcome {}

    /**
     * It lost a race or was decided on old knowledge; others of the same batch are not affected.
     */
    record Lost(Conflict conflict) implements Outcome {}
}

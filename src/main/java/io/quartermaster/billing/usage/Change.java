package io.quartermaster.billing.usage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fact says about a resource; what it does not mention stays as it was.
 *
 * @param size bytes of a volume, 1 for a machine
 * @param product what the price book calls it: a machine's class, a volume's tier
 * @param group the deployment it belongs to, empty for none
 */
public record Change(
        @Nullable Phase phase,
        @Nullable String tenant,
        @Nullable Long size,
        @Nullable String product,
        @Nullable String group,
        @Nullable Map<String, String> labels) {

    private static final Change NOTHING = new Change(null, null, null, null, null, null);

    /** Only the phase. */
    public static Change to(Phase phase) {
        return NOTHING.with(phase);
    }

    /** Only the size. */
    public static Change size(long size) {
        return new Change(null, null, size, null, null, null);
    }

    /** Only the product. */
    public static Change product(String product) {
        return new Change(null, null, null, product, null, null);
    }

    /** Only the owner. */
    public static Change tenant(String tenant) {
        return new Change(null, tenant, null, null, null, null);
    }

    /** The same, and a phase. */
    public Change with(Phase next) {
        return new Change(next, tenant, size, product, group, labels);
    }
}

package io.quartermaster.inventory;

/**
 * How much one reading may take, so that no text can exhaust the daemon.
 *
 * @param textLength UTF-16 units of all sources together
 * @param lineLength UTF-16 units of an INI line or a host pattern in YAML
 * @param hosts hosts after the ranges are expanded
 * @param groups groups, {@code all} and {@code ungrouped} included
 * @param groupDepth longest chain of groups within groups
 * @param values YAML values of one source, each use of an alias counted anew
 * @param valueDepth lists and mappings within each other
 * @param problems problems reported before reading stops
 */
public record Limits(
        int textLength,
        int lineLength,
        int hosts,
        int groups,
        int groupDepth,
        int values,
        int valueDepth,
        int problems) {

    /** Room for the largest fleets known, within about a gigabyte of memory. */
    public static final Limits DEFAULT =
            new Limits(64 << 20, 64 << 10, 100_000, 10_000, 50, 2_000_000, 50, 50);
}

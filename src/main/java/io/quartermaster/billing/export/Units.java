package io.quartermaster.billing.export;

import java.util.Locale;
import java.util.Map;

/** Units as FOCUS writes them: {@code GiB-Months}, {@code Hours}, {@code Units}. */
final class Units {
    private static final Map<String, String> SIZES =
            Map.of(
                    "b", "B", "mb", "MB", "gb", "GB", "tb", "TB", "mib", "MiB", "gib", "GiB", "tib",
                    "TiB");

    private Units() {}

    /**
     * @param unit of a price: {@code GiB-month}
     */
    static String plural(String unit) {
        var lower = unit.toLowerCase(Locale.ROOT);
        if (lower.equals("count")) return "Units";
        int hyphen = lower.indexOf('-');
        if (hyphen < 0) return time(lower);
        var size = lower.substring(0, hyphen);
        return SIZES.getOrDefault(size, size) + "-" + time(lower.substring(hyphen + 1));
    }

    private static String time(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + "s";
    }
}

package io.quartermaster.ssh;

import io.quartermaster.step.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code facts.sh} prints. A host may say anything, so each value is limited. */
final class FactsText {
    private static final int MAX_VALUE = 256;
    private static final int MAX_ADDRESSES = 64;
    private static final long KIBI = 1024;

    private FactsText() {}

    static Facts parse(String text) {
        Map<String, String> values = new HashMap<>();
        List<String> addresses = new ArrayList<>();
        text.lines()
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            if (equals < 0) {
                                return;
                            }
                            String value =
                                    line.substring(
                                                    equals + 1,
                                                    Math.min(line.length(), equals + 1 + MAX_VALUE))
                                            .strip();
                            String name = line.substring(0, equals);
                            if (!name.equals("address")) {
                                values.putIfAbsent(name, value);
                            } else if (addresses.size() < MAX_ADDRESSES) {
                                addresses.add(value);
                            }
                        });
        return facts(values, addresses);
    }

    private static Facts facts(Map<String, String> values, List<String> addresses) {
        return new Facts(
                values.getOrDefault("hostname", ""),
                values.getOrDefault("os", ""),
                values.getOrDefault("version", ""),
                values.getOrDefault("kernel", ""),
                values.getOrDefault("arch", ""),
                (int) number(values, "cpus"),
                number(values, "memory") * KIBI,
                number(values, "disk") * KIBI,
                values.getOrDefault("boot", ""),
                List.copyOf(addresses),
                values.getOrDefault("packages", ""),
                values.getOrDefault("init", ""));
    }

    private static long number(Map<String, String> values, String name) {
        String digits = values.getOrDefault(name, "0");
        return digits.matches("[0-9]{1,12}") ? Long.parseLong(digits) : 0;
    }
}

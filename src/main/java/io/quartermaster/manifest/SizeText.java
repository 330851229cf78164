package io.quartermaster.manifest;

import io.quartermaster.volume.VolumeSpec;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes, as Kubernetes writes quantities: {@code 100Gi}, {@code 5T}, {@code 4096}. */
final class SizeText {
    private static final Map<String, BigInteger> UNITS = units();
    private static final Pattern TEXT = Pattern.compile(Limits.SIZE_PATTERN);
    private static final BigInteger MOST = BigInteger.valueOf(VolumeSpec.MOST_BYTES);

    static final Shape SHAPE =
            new Shape(
                    "a size in bytes of at most 1Ei, a whole number with or without k, M, G, T, P,"
                            + " Ki, Mi, Gi, Ti, Pi: \"100Gi\"",
                    Limits.SIZE,
                    Code.BAD_FORMAT,
                    true,
                    text -> TEXT.matcher(text).matches() && bytes(text).compareTo(MOST) <= 0);

    private SizeText() {}

    private static Map<String, BigInteger> units() {
        Map<String, BigInteger> units = new LinkedHashMap<>();
        String letters = "KMGTPE";
        for (int power = letters.length(); power > 0; power--) {
            String letter = letters.substring(power - 1, power);
            units.put(letter + "i", BigInteger.TWO.pow(10 * power));
            units.put(power == 1 ? "k" : letter, BigInteger.TEN.pow(3 * power));
        }
        return units;
    }

    private static BigInteger bytes(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return BigInteger.ZERO;
        }
        BigInteger number = new BigInteger(parts.group(1));
        String unit = parts.group(2);
        return unit == null ? number : number.multiply(UNITS.getOrDefault(unit, BigInteger.ONE));
    }

    /** The bytes of a text of this shape, 0 for any other. */
    static long read(String text) {
        return bytes(text).longValue();
    }

    /** The shortest text: with the largest unit that leaves a whole number. */
    static String write(long bytes) {
        BigInteger number = BigInteger.valueOf(bytes);
        return UNITS.entrySet().stream()
                .filter(unit -> bytes > 0 && number.mod(unit.getValue()).signum() == 0)
                .findFirst()
                .map(unit -> number.divide(unit.getValue()) + unit.getKey())
                .orElse(number.toString());
    }
}

package io.quartermaster.manifest;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words that stand for the constants of an enumeration. */
final class Words {
    private Words() {}

    /** By word, in the order of the constants: {@code with-password} for {@code WITH_PASSWORD}. */
    static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants()).forEach(each -> words.put(of(each), each));
        return Collections.unmodifiableMap(words);
    }

    /** The constant's word. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

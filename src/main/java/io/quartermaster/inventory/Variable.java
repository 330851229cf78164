package io.quartermaster.inventory;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variable's value and where it was said.
 *
 * @param value String, Boolean, Long, BigInteger, Double, null, List, Map with String keys, {@link
 *     Secret} or {@link Vaulted}; nothing in it can be changed
 */
public record Variable(@Nullable Object value, Origin origin) {

    /** Ends of names whose values are secrets: Ansible's own and those that people give theirs. */
    private static final List<String> SECRET_ENDS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "_pass",
                    "secret",
                    "token",
                    "apikey",
                    "api_key",
                    "privatekey",
                    "private_key");

    /** Wraps the value, or the parts of it, that the names declare to be secret. */
    static Variable of(String name, @Nullable Object value, Origin origin) {
        return new Variable(kept(value, isSecret(name)), origin);
    }

    /** Whether values of that name are secrets, wherever it stands. */
    static boolean isSecret(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("vault_")
                || lower.equals("pass")
                || SECRET_ENDS.stream().anyMatch(lower::endsWith);
    }

    private static @Nullable Object kept(@Nullable Object value, boolean secret) {
        return switch (value) {
            case Map<?, ?> map -> keptMap(map, secret);
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                for (var each : list) copy.add(kept(each, secret));
                yield Collections.unmodifiableList(copy);
            }
            case String text -> secret ? new Secret(text) : text;
            case Long number -> secret ? new Secret(number.toString()) : number;
            case BigInteger number -> secret ? new Secret(number.toString()) : number;
            case Double number -> secret ? new Secret(number.toString()) : number;
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> keptMap(Map<?, ?> map, boolean secret) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach(
                (key, value) -> {
                    var name = String.valueOf(key);
                    copy.put(name, kept(value, secret || isSecret(name)));
                });
        return Collections.unmodifiableMap(copy);
    }
}

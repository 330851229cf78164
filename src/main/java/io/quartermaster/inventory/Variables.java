package io.quartermaster.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a host: what its groups say, overlaid by what is said of the host itself. Hosts
 * in the same groups share the first part, so that a hundred thousand of them fit into memory.
 */
public final class Variables {
    private final Map<String, Variable> inherited;
    private final Map<String, Variable> own;

    Variables(Map<String, Variable> inherited, Map<String, Variable> own) {
        this.inherited = inherited;
        this.own = own;
    }

    /** The variable that wins under this name. */
    public Optional<Variable> get(String name) {
        var variable = own.get(name);
        return Optional.ofNullable(variable != null ? variable : inherited.get(name));
    }

    /** All values by name; secrets are {@link Secret}s. */
    public Map<String, @Nullable Object> values() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        inherited.forEach((name, variable) -> values.put(name, variable.value()));
        own.forEach((name, variable) -> values.put(name, variable.value()));
        return Collections.unmodifiableMap(values);
    }

    /** What is said of the host itself, without its groups. */
    public Map<String, @Nullable Object> ownValues() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        own.forEach((name, variable) -> values.put(name, variable.value()));
        return Collections.unmodifiableMap(values);
    }

    /**
     * All values that may be stored and shown: without secrets, vaulted values and nulls at any
     * depth.
     */
    public Map<String, Object> withoutSecrets() {
        return openOnly(values());
    }

    private static Map<String, Object> openOnly(Map<?, ?> values) {
        var open = new LinkedHashMap<String, Object>();
        values.forEach(
                (name, value) ->
                        openOnly(value).ifPresent(kept -> open.put(String.valueOf(name), kept)));
        return Collections.unmodifiableMap(open);
    }

    private static Optional<Object> openOnly(@Nullable Object value) {
        return switch (value) {
            case Secret secret -> Optional.empty();
            case Vaulted vaulted -> Optional.empty();
            case Map<?, ?> map -> Optional.of(openOnly(map));
            case List<?> list ->
                    Optional.of(list.stream().flatMap(each -> openOnly(each).stream()).toList());
            case null, default -> Optional.ofNullable(value);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variables variables && variables.values().equals(values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}

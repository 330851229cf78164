package io.quartermaster.engine.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What values of a type look like in JSON, found by walking through the components of records. */
public final class Shapes {
    private final Set<Class<?>> found = new LinkedHashSet<>();

    private Shapes() {}

    /**
     * A fingerprint that changes whenever a record within the type gains, loses or renames a
     * component or changes its type.
     */
    public static String fingerprint(Class<?> type) {
        var text =
                reachable(type).stream()
                        .sorted(Comparator.comparing(Class::getName))
                        .map(Shapes::describe)
                        .collect(Collectors.joining("\n"));
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The outermost sealed family that a record belongs to, or the record itself. */
    public static Class<?> family(Class<?> record) {
        for (var parent : record.getInterfaces()) {
            if (Kinds.isFamily(parent)) return family(parent);
        }
        return record;
    }

    /** Refuses stored records that hold a sealed family whose records have no names. */
    static void check(Collection<Class<?>> stored, Set<Class<?>> named) {
        for (var type : stored) {
            for (var part : reachable(type)) {
                if (!Kinds.isFamily(part) || named.contains(part)) continue;
                throw new IllegalStateException(
                        "%s is sealed and part of %s, which is stored: register its names"
                                .formatted(part.getName(), type.getName()));
            }
        }
    }

    private static Set<Class<?>> reachable(Type type) {
        var walk = new Shapes();
        walk.visit(type);
        return walk.found;
    }

    private void visit(Type type) {
        switch (type) {
            case ParameterizedType generic -> {
                visit(generic.getRawType());
                for (var argument : generic.getActualTypeArguments()) visit(argument);
            }
            case Class<?> plain -> visitClass(plain);
            default -> {}
        }
    }

    private void visitClass(Class<?> type) {
        if (type.isArray()) visitClass(type.getComponentType());
        if (!found.add(type)) return;
        if (Kinds.isFamily(type)) for (var part : type.getPermittedSubclasses()) visit(part);
        if (!type.isRecord()) return;
        for (var component : type.getRecordComponents()) visit(component.getGenericType());
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) return type.getName() + Arrays.toString(type.getEnumConstants());
        if (!type.isRecord()) return type.getName();
        return Arrays.stream(type.getRecordComponents())
                .map(each -> each.getGenericType().getTypeName() + " " + each.getName())
                .collect(Collectors.joining(", ", type.getName() + "(", ")"));
    }
}

package io.quartermaster.engine.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.quartermaster.es.WireNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets Jackson tell the records of a sealed family apart by a property {@code kind}. */
final class Kinds extends NopAnnotationIntrospector {
    private static final String PROPERTY = "kind";
    private final Map<Class<?>, WireNames> families;
    private final boolean registeredOnly;

    /**
     * @param families the fixed names of each family's records
     * @param registeredOnly whether other families are refused; else their kinds are class names,
     *     which is good enough for what can be thrown away
     */
    Kinds(Map<Class<?>, WireNames> families, boolean registeredOnly) {
        this.families = Map.copyOf(families);
        this.registeredOnly = registeredOnly;
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass annotated, JavaType base) {
        var root = annotated.getRawType();
        if (!isFamily(root)) return null;
        var settings =
                JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.CUSTOM,
                        JsonTypeInfo.As.PROPERTY,
                        PROPERTY,
                        null,
                        false,
                        true);
        return new StdTypeResolverBuilder(settings).init(settings, new Names(namesOf(root)));
    }

    /** Whether the type is a sealed family of ours; Java's own have a JSON form already. */
    static boolean isFamily(Class<?> type) {
        return type.isSealed() && !type.getPackageName().startsWith("java.");
    }

    private Map<Class<?>, String> namesOf(Class<?> root) {
        var names = new HashMap<Class<?>, String>();
        var registered = families.get(root);
        if (registered != null) {
            registered.types().forEach((name, type) -> names.put(type, name));
        } else if (registeredOnly) {
            throw new IllegalStateException(
                    root.getName() + " is sealed and part of what is stored: register its names");
        } else {
            collect(root, names);
        }
        return names;
    }

    private static void collect(Class<?> type, Map<Class<?>, String> names) {
        if (!type.isSealed()) {
            var nested = type.getName().substring(type.getPackageName().length() + 1);
            names.put(type, nested);
            return;
        }
        for (var part : type.getPermittedSubclasses()) collect(part, names);
    }

    private static final class Names extends TypeIdResolverBase {
        private final Map<Class<?>, String> names;
        private final Map<String, Class<?>> types = new HashMap<>();

        Names(Map<Class<?>, String> names) {
            this.names = names;
            names.forEach((type, name) -> types.put(name, type));
        }

        @Override
        public @Nullable String idFromValue(Object value) {
            return names.get(value.getClass());
        }

        @Override
        public @Nullable String idFromValueAndType(Object value, Class<?> suggested) {
            return names.get(suggested);
        }

        @Override
        public @Nullable JavaType typeFromId(DatabindContext context, String id) {
            var type = types.get(id);
            return type == null ? null : context.constructType(type);
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }
}

package io.quartermaster.app;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings that the daemon works out while it starts: where the embedded PostgreSQL listens, the
 * generated token. Weaker than the environment, so what a person has set wins; and unlike system
 * properties it is not shown by the JVM's diagnostic tools.
 */
@StaticInitSafe
public final class DerivedSettings implements ConfigSource {
    private static final int ABOVE_THE_JARS_OWN_PROPERTIES = 255;
    private static volatile Map<String, String> values = Map.of();

    /** Called once, before Quarkus reads its configuration. */
    static void publish(Map<String, String> derived) {
        values = Map.copyOf(derived);
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "derived at start";
    }

    @Override
    public int getOrdinal() {
        return ABOVE_THE_JARS_OWN_PROPERTIES;
    }
}

package io.quartermaster.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sh texts beside this class, each read once. */
final class Resources {
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Resources() {}

    /** The text of {@code name.sh}. */
    static String sh(String name) {
        return TEXTS.computeIfAbsent(name, Resources::read);
    }

    private static String read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name + ".sh")) {
            if (in == null) {
                throw new IllegalStateException(
                        "the resource " + name + ".sh is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

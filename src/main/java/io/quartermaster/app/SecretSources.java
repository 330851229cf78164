package io.quartermaster.app;

import io.quartermaster.runner.Secrets;
import io.quartermaster.ssh.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where the values of secrets are found, by name: what an inventory said, else a file of that name
 * in the data directory's folder {@code secrets}, else the environment's {@code
 * QUARTERMASTER_SECRET_NAME}.
 */
final class SecretSources implements SecretSource, Secrets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,126}[a-z0-9])?");
    private static final String VARIABLE = "QUARTERMASTER_SECRET_";
    private static final long LONGEST = 64L << 10;

    private final Function<String, Optional<String>> inventory;
    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param inventory answers for names like {@code inventory/HOST/VARIABLE}
     * @param directory the folder with a file for each secret, which need not exist
     */
    SecretSources(
            Function<String, Optional<String>> inventory,
            Path directory,
            Map<String, String> environment) {
        this.inventory = inventory;
        this.directory = directory;
        this.environment = environment;
    }

    @Override
    public Optional<String> value(String name) {
        Optional<String> known = inventory.apply(name);
        if (known.isPresent() || !NAME.matcher(name).matches()) {
            return known;
        }
        return fromFile(name).or(() -> fromEnvironment(name));
    }

    @Override
    public Optional<char[]> secret(String name) {
        return value(name).map(String::toCharArray);
    }

    private Optional<String> fromFile(String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            String text = Files.readString(file);
            // Editors end a file with a newline; a key keeps the one it needs.
            boolean key = text.startsWith("-----BEGIN ");
            return Optional.of(key ? text : text.stripTrailing());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> fromEnvironment(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return Optional.ofNullable(environment.get(VARIABLE + variable));
    }
}

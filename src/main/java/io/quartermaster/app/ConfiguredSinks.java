package io.quartermaster.app;

import io.quartermaster.sink.Sink;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sinks that the settings name, or what is wrong with them. */
final class ConfiguredSinks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HOLDS_A_SECRET =
            Pattern.compile(".*(password|jaas|secret|token|key\\.pem|\\.key$).*");

    private final String name;
    private final SinkSettings said;

    private ConfiguredSinks(String name, SinkSettings said) {
        this.name = name;
        this.said = said;
    }

    /**
     * The sinks, by name.
     *
     * @throws StartRefused when a setting cannot be used
     */
    static List<Sink> of(Map<String, SinkSettings> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(each -> new ConfiguredSinks(each.getKey(), each.getValue()).sink())
                        .toList();
    }

    private Sink sink() {
        if (!NAME.matcher(name).matches()) {
            throw refuse("", name, "a name of up to 63 lower-case letters, digits and hyphens");
        }
        boolean now = fromNow();
        int batch = batch();
        return switch (said.kind()) {
            case "cloudevents" -> new Sink.CloudEvents(name, now, door(), source(), mode(), batch);
            case "openmeter" -> new Sink.OpenMeter(name, now, door(), source(), batch);
            case "lago" ->
                    new Sink.Lago(
                            name,
                            now,
                            door(),
                            batch,
                            said.subscription(),
                            said.subscriptions(),
                            said.codes());
            case "kafka" -> kafka(now, batch);
            default -> throw refuse("kind", said.kind(), "cloudevents, openmeter, lago or kafka");
        };
    }

    private Sink kafka(boolean now, int batch) {
        for (var option : said.options().keySet()) {
            if (HOLDS_A_SECRET.matcher(option.toLowerCase(Locale.ROOT)).matches()) {
                throw refuse(
                        "options." + option,
                        "set",
                        "no secret here: put sasl.jaas.config into a secret and name it in token-secret");
            }
        }
        return new Sink.Kafka(
                name,
                now,
                source(),
                there("servers", said.servers(), "host:port, several with commas between"),
                there("topic", said.topic(), "the name of a topic"),
                batch,
                secret(),
                said.options());
    }

    private boolean fromNow() {
        return switch (said.from()) {
            case "beginning" -> false;
            case "now" -> true;
            default -> throw refuse("from", said.from(), "beginning or now");
        };
    }

    private int batch() {
        if (said.batch() >= 1 && said.batch() <= 100) return said.batch();
        throw refuse("batch", Integer.toString(said.batch()), "1 to 100");
    }

    private Sink.Mode mode() {
        return switch (said.mode()) {
            case "structured" -> Sink.Mode.STRUCTURED;
            case "binary" -> Sink.Mode.BINARY;
            case "batch" -> Sink.Mode.BATCH;
            default -> throw refuse("mode", said.mode(), "structured, binary or batch");
        };
    }

    private String source() {
        if (uri(said.source()).isPresent() && !said.source().isBlank()) return said.source();
        throw refuse("source", said.source(), "a URI reference such as urn:quartermaster");
    }

    private Sink.Door door() {
        var right = "an absolute http or https address without user, query and fragment";
        var url = there("url", said.url(), right);
        var address =
                uri(url.replaceAll("/+$", "")).orElseThrow(() -> refuse("url", "no URI", right));
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean isRight =
                (scheme.equals("http") || scheme.equals("https"))
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null;
        // What was found may hold a password, so it is not repeated.
        if (!isRight) throw refuse("url", "something else", right);
        return new Sink.Door(address, secret());
    }

    private @Nullable String secret() {
        return said.tokenSecret().orElse(null);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String there(String setting, Optional<String> value, String right) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> refuse(setting, "missing", right));
    }

    private StartRefused refuse(String setting, String found, String right) {
        var key = "quartermaster.sinks." + name + (setting.isEmpty() ? "" : "." + setting);
        return new StartRefused(
                "invalid-setting", "%s is %s; expected %s".formatted(key, found, right));
    }
}

package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quartermaster.sink.Sink;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings say of sinks, and what they cannot say. */
class ConfiguredSinksTest {

    private static List<Sink> sinks(Map<String, String> settings) {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(Settings.class)
                        .withConverters(new Converter<?>[] {new DurationConverter()})
                        .withDefaultValue("user.home", "/nowhere")
                        .withDefaultValue("user.name", "nobody")
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build();
        return ConfiguredSinks.of(config.getConfigMapping(Settings.class).sinks());
    }

    private static Map<String, String> with(String setting, String value) {
        var settings = new HashMap<String, String>();
        settings.put("quartermaster.sinks.books.kind", "cloudevents");
        settings.put("quartermaster.sinks.books.url", "https://books.example.org/in/");
        settings.put("quartermaster.sinks.books." + setting, value);
        return settings;
    }

    @Test
    void without_settings_there_is_no_sink() {
        assertEquals(List.of(), sinks(Map.of()));
    }

    @Test
    void a_sink_is_what_its_settings_say() {
        var sinks = sinks(with("token-secret", "books-token"));

        var door = new Sink.Door(URI.create("https://books.example.org/in"), "books-token");
        assertEquals(
                List.of(
                        new Sink.CloudEvents(
                                "books",
                                false,
                                door,
                                "urn:quartermaster",
                                Sink.Mode.STRUCTURED,
                                100)),
                sinks);
    }

    @Test
    void tenants_and_meters_may_have_other_names_at_lago() {
        var settings = with("kind", "lago");
        settings.put("quartermaster.sinks.books.subscriptions.acme", "0815");
        settings.put("quartermaster.sinks.books.codes.machine", "machine_seconds");

        var lago = (Sink.Lago) sinks(settings).getFirst();

        assertEquals(Map.of("acme", "0815"), lago.subscriptions());
        assertEquals(Map.of("machine", "machine_seconds"), lago.codes());
        assertEquals("{tenant}", lago.subscription());
    }

    @ParameterizedTest
    @CsvSource({
        "kind, pigeons",
        "url, ftp://books.example.org",
        "url, books",
        "url, https://me:hunter2@books.example.org/",
        "mode, telepathy",
        "from, yesterday",
        "batch, 0",
        "batch, 101",
        "source, not a uri"
    })
    void a_setting_that_cannot_be_used_is_named(String setting, String value) {
        var refused = assertThrows(StartRefused.class, () -> sinks(with(setting, value)));

        assertEquals("invalid-setting", refused.code());
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("quartermaster.sinks.books." + setting + " is "), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void kafka_needs_servers_and_a_topic() {
        var settings = with("kind", "kafka");
        settings.put("quartermaster.sinks.books.servers", "127.0.0.1:9092");

        var refused = assertThrows(StartRefused.class, () -> sinks(settings));

        assertTrue(String.valueOf(refused.getMessage()).contains("books.topic is missing"));
    }

    @Test
    void a_secret_among_the_options_of_kafka_is_refused_and_not_repeated() {
        var settings = with("kind", "kafka");
        settings.put("quartermaster.sinks.books.servers", "127.0.0.1:9092");
        settings.put("quartermaster.sinks.books.topic", "usage");
        settings.put("quartermaster.sinks.books.options.\"ssl.key.password\"", "hunter2");

        var refused = assertThrows(StartRefused.class, () -> sinks(settings));

        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("options.ssl.key.password"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void a_sink_can_be_set_by_the_environment() {
        var environment =
                Map.of(
                        "QUARTERMASTER_SINKS_BOOKS_KIND", "cloudevents",
                        "QUARTERMASTER_SINKS_BOOKS_URL", "https://books.example.org");
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(Settings.class)
                        .withConverters(new Converter<?>[] {new DurationConverter()})
                        .withDefaultValue("user.home", "/nowhere")
                        .withDefaultValue("user.name", "nobody")
                        .withSources(new EnvConfigSource(environment, 300))
                        .build();

        var sinks = ConfiguredSinks.of(config.getConfigMapping(Settings.class).sinks());

        assertEquals("books", sinks.getFirst().name());
    }
}

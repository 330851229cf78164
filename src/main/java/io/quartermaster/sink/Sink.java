package io.quartermaster.sink;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where usage is sent, and how: what the settings of a sink say, checked. */
public sealed interface Sink {

    /** A few words of lower-case letters, digits and hyphens; under it its progress is kept. */
    String name();

    /** Whether a new sink begins with what is used from now on, or with all that ever was. */
    boolean fromNow();

    /**
     * Another side that is spoken to over HTTP.
     *
     * @param address without a slash at its end
     * @param secret the name of the secret whose value is the bearer token, absent for none
     */
    record Door(URI address, @Nullable String secret) {}

    /** How an event is put into a request. */
    enum Mode {
        /** The event is the body. */
        STRUCTURED,
        /** The data is the body, the attributes are headers. */
        BINARY,
        /** Several events are the body. */
        BATCH
    }

    /**
     * CloudEvents over HTTP.
     *
     * @param batch events in a request, in that mode
     */
    record CloudEvents(String name, boolean fromNow, Door door, String source, Mode mode, int batch)
            implements Sink {}

    /**
     * OpenMeter.
     *
     * @param batch events in a request
     */
    record OpenMeter(String name, boolean fromNow, Door door, String source, int batch)
            implements Sink {}

    /**
     * Lago.
     *
     * @param batch events in a request, up to 100
     * @param subscription a tenant's external subscription, {@code {tenant}} standing for its name
     * @param subscriptions those that the template does not fit, by tenant
     * @param codes of billable metrics by meter, the meter's own name for those that are left out
     */
    record Lago(
            String name,
            boolean fromNow,
            Door door,
            int batch,
            String subscription,
            Map<String, String> subscriptions,
            Map<String, String> codes)
            implements Sink {}

    /**
     * Kafka.
     *
     * @param servers {@code host:port}, several with commas between
     * @param secret the name of the secret whose value is {@code sasl.jaas.config}, absent for none
     * @param options further settings of the producer, by Kafka's names
     */
    record Kafka(
            String name,
            boolean fromNow,
            String source,
            String servers,
            String topic,
            int batch,
            @Nullable String secret,
            Map<String, String> options)
            implements Sink {}
}

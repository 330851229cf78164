package io.quartermaster.app;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a sink: lines like {@code quartermaster.sinks.NAME.kind=lago}. What belongs to
 * another kind is not looked at.
 */
public interface SinkSettings {
    /** {@code cloudevents}, {@code openmeter}, {@code lago} or {@code kafka}. */
    String kind();

    /** Where it is, http or https; for OpenMeter and Lago the root of their APIs. */
    Optional<String> url();

    /** Name of the secret with the bearer token, for Kafka with {@code sasl.jaas.config}. */
    Optional<String> tokenSecret();

    /** {@code beginning} for all slices there are when it is new, or {@code now}. */
    @WithDefault("beginning")
    String from();

    /** The source of all CloudEvents. */
    @WithDefault("urn:quartermaster")
    String source();

    /** How CloudEvents are sent: {@code structured}, {@code binary} or {@code batch}. */
    @WithDefault("structured")
    String mode();

    /** Slices in one request, 1 to 100. */
    @WithDefault("100")
    int batch();

    /** A tenant's external subscription at Lago. */
    @WithDefault("{tenant}")
    String subscription();

    /** External subscriptions at Lago of tenants that the above does not fit. */
    Map<String, String> subscriptions();

    /** Codes of Lago's billable metrics by meter; a meter that is left out is its own code. */
    Map<String, String> codes();

    /** Kafka's {@code bootstrap.servers}. */
    Optional<String> servers();

    /** Kafka's topic. */
    Optional<String> topic();

    /** Further settings of Kafka's producer, by Kafka's names. */
    Map<String, String> options();
}

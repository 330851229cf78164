package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where a machine is reached, as Cluster API's {@code MachineAddress} has it. */
record AddressSchema(
        @Required Type type,
        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("The name or IP address.")
                String address) {

    /** What kind of address it is. */
    enum Type {
        Hostname,
        ExternalIP,
        InternalIP,
        ExternalDNS,
        InternalDNS
    }
}

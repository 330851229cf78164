package io.quartermaster.inventory;

import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a host is reached, as its variables say. */
public sealed interface Connection {

    /**
     * Over SSH. Secrets are named {@code inventory/HOST/VARIABLE}; {@link Inventory#secret} knows
     * them.
     *
     * @param address DNS name or IP address
     * @param port 1 to 65535
     * @param user who signs in; null: whoever the daemon takes when nobody is named
     * @param hostKeys from {@code quartermaster_host_keys}, as OpenSSH writes them; empty: the
     *     first contact pins
     * @param bastion name of the host of this inventory to go through
     * @param labels from {@code quartermaster_labels}, and {@code group/NAME: "true"} for each
     *     group
     */
    record Ssh(
            String address,
            int port,
            @Nullable String user,
            Become become,
            Credentials credentials,
            List<String> hostKeys,
            @Nullable String bastion,
            Map<String, String> labels)
            implements Connection {

        Ssh through(@Nullable String name) {
            return new Ssh(address, port, user, become, credentials, hostKeys, name, labels);
        }
    }

    /** Not over SSH: {@code local}, {@code docker}, {@code winrm}. Not for this daemon. */
    record Other(String plugin) implements Connection {}

    /** The inventory is sound, but what it says of this host cannot be used. Never empty. */
    record Unusable(List<Problem> problems) implements Connection {}
}

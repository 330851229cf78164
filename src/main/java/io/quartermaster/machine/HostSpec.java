package io.quartermaster.machine;

import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached and what it is for, as its inventory or manifest says.
 *
 * @param address DNS name or IP address
 * @param port 1 to 65535
 * @param hostKeys keys declared up front as OpenSSH writes them; empty: the first contact pins
 * @param bastion name of the host to go through
 * @param labels what machine classes select by
 * @param variables what templates may use as {@code host.vars.NAME}; never secrets
 */
public record HostSpec(
        String address,
        int port,
        String user,
        Become become,
        Credentials credentials,
        List<String> hostKeys,
        @Nullable String bastion,
        Map<String, String> labels,
        Map<String, Object> variables) {}

package io.quartermaster.machine;

import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached and what it is for, as its inventory or manifest says.
 *
 * @param address DNS name or IP address; empty while an instance has none yet
 * @param port 1 to 65535
 * @param user who signs in; empty: nobody can, since the host has no SSH
 * @param hostKeys keys declared up front as OpenSSH writes them; empty: the first contact pins
 * @param bastion name of the host to go through
 * @param labels what machine classes select by
 * @param variables what templates may use as {@code host.vars.NAME}; never secrets
 * @param instance what a provider makes it of, absent for a computer that somebody else looks after
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
        Map<String, Object> variables,
        @Nullable Instance instance) {

    /**
     * Numbers become what the log gives back for them, so that the same inventory, read before and
     * after a restart, is the same specification.
     */
    public HostSpec {
        Map<String, Object> same = new LinkedHashMap<>();
        variables.forEach((name, value) -> same.put(name, asStored(value)));
        variables = Collections.unmodifiableMap(same);
    }

    /** A host that no provider made. */
    public HostSpec(
            String address,
            int port,
            String user,
            Become become,
            Credentials credentials,
            List<String> hostKeys,
            @Nullable String bastion,
            Map<String, String> labels,
            Map<String, Object> variables) {
        this(address, port, user, become, credentials, hostKeys, bastion, labels, variables, null);
    }

    /** Whether one can get in over SSH. */
    public boolean signsIn() {
        return !user.isEmpty();
    }

    private static Object asStored(Object value) {
        return switch (value) {
            case Long number when number == number.intValue() -> number.intValue();
            case List<?> list ->
                    list.stream().filter(Objects::nonNull).map(HostSpec::asStored).toList();
            case Map<?, ?> map -> {
                Map<String, Object> same = new LinkedHashMap<>();
                map.forEach((key, each) -> same.put(String.valueOf(key), asStored(each)));
                yield Collections.unmodifiableMap(same);
            }
            default -> value;
        };
    }
}

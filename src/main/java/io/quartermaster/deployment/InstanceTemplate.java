package io.quartermaster.deployment;

import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the machines of a class are made of, each of one of its own.
 *
 * @param body of a Pod, its template's {@code metadata} and {@code spec}, whose {@code
 *     restartPolicy} is Never when absent; of a virtual machine, its {@code spec}; as JSON
 * @param ssh how steps get in, absent when they do not
 */
public record InstanceTemplate(Instance.Place place, String body, @Nullable SignIn ssh) {

    /** How one gets in over SSH, at the address that the instance gets. */
    public record SignIn(String user, int port, Become become, Credentials credentials) {}

    /** The instance of a machine, before it is made. */
    public Instance instance(String machine) {
        return new Instance(place, machine, null);
    }

    /**
     * The host that an instance is.
     *
     * @param address empty while it has none
     * @param variables what templates may know of it
     */
    public HostSpec host(Instance instance, String address, Map<String, Object> variables) {
        SignIn way = ssh == null ? new SignIn("", 22, Become.NOBODY, new Credentials.Agent()) : ssh;
        return new HostSpec(
                address,
                way.port(),
                way.user(),
                way.become(),
                way.credentials(),
                List.of(),
                null,
                Map.of(),
                variables,
                instance);
    }
}

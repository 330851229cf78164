package io.quartermaster.inventory;

import io.quartermaster.machine.HostSpec;
import java.util.List;
import java.util.Optional;

/**
 * A host of the inventory.
 *
 * @param groups all groups it is in, without {@code all}, those first whose variables are
 *     overridden by the later ones
 */
public record InventoryHost(
        String name, List<String> groups, Variables variables, Connection connection) {

    /**
     * What to enrol it as; empty when it is not reached over SSH.
     *
     * @param user who signs in where the inventory names nobody
     */
    public Optional<HostSpec> spec(String user) {
        if (!(connection instanceof Connection.Ssh ssh)) return Optional.empty();
        return Optional.of(
                new HostSpec(
                        ssh.address(),
                        ssh.port(),
                        ssh.user() == null ? user : ssh.user(),
                        ssh.become(),
                        ssh.credentials(),
                        ssh.hostKeys(),
                        ssh.bastion(),
                        ssh.labels(),
                        variables.withoutSecrets()));
    }
}

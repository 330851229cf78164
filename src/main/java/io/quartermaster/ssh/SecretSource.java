package io.quartermaster.ssh;

import java.util.Optional;

/** Where the values of secrets come from. */
@FunctionalInterface
public interface SecretSource {

    /**
     * The secret's value, in an array of the caller's own, who wipes it after use.
     *
     * @param name as it stands in credentials
     * @return empty when there is no secret of this name
     */
    Optional<char[]> secret(String name);
}

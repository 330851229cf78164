package io.quartermaster.inventory;

/**
 * A value that must not be shown: it prints as asterisks, and only {@link #reveal} gives it away.
 */
public final class Secret {

    /** What stands in the place of a secret wherever variables are shown. */
    public static final String MASK = "********";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value, for the one who signs in with it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    /** The same for all secrets, for a hash tells something of what it hashes. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}

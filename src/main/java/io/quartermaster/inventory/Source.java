package io.quartermaster.inventory;

/**
 * One text of an inventory, read by the caller; {@link SourcePath#source} tells its kind from its
 * path.
 */
public sealed interface Source {

    /**
     * The path as the user knows it, with forward slashes: {@code ansible-inventory/hosts.yml}. It
     * appears in problems, and of variables it says beside which inventory files they lie.
     */
    String name();

    /** The text itself, decoded. */
    String text();

    /** Hosts and groups in Ansible's INI form. */
    record Ini(String name, String text) implements Source {}

    /** Hosts and groups in Ansible's YAML (or JSON) form. */
    record Yaml(String name, String text) implements Source {}

    /** Variables of a group: one file of {@code group_vars}. */
    record GroupVars(String group, String name, String text) implements Source {}

    /** Variables of a host: one file of {@code host_vars}. */
    record HostVars(String host, String name, String text) implements Source {}
}

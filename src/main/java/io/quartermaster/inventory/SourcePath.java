package io.quartermaster.inventory;

import java.util.regex.Pattern;

/**
 * What Ansible concludes from the path of a file. Paths are text with forward slashes; nothing is
 * opened.
 */
public final class SourcePath {
    private static final Pattern VARS =
            Pattern.compile("(?:^|/)(?<kind>group|host)_vars/(?<owner>[^/]+)");
    private static final Pattern YAML = Pattern.compile("\\.(yml|yaml|json)$");
    private static final Pattern EXTENSION = Pattern.compile("[^/]\\.[^/.]+$");
    private static final Pattern YAML_START =
            Pattern.compile("(?:---|\\{|[\\w.-]+:\\s*(?:#.*)?$).*", Pattern.DOTALL);
    private static final Pattern IGNORED =
            Pattern.compile(
                    "^\\.|^(host_vars|group_vars|vars_plugins)$"
                            + "|(\\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry)|~)$");

    private SourcePath() {}

    /**
     * Files below {@code group_vars} and {@code host_vars} belong to the group or host that the
     * next part of the path names; YAML and JSON are told by their extension, a file without one by
     * its first line, and the rest is INI.
     */
    public static Source source(String path, String text) {
        var vars = VARS.matcher(path);
        if (vars.find()) {
            var owner = YAML.matcher(vars.group("owner")).replaceFirst("");
            return vars.group("kind").equals("group")
                    ? new Source.GroupVars(owner, path, text)
                    : new Source.HostVars(owner, path, text);
        }
        var yaml = EXTENSION.matcher(path).find() ? YAML.matcher(path).find() : startsAsYaml(text);
        return yaml ? new Source.Yaml(path, text) : new Source.Ini(path, text);
    }

    /**
     * Whether Ansible passes over a file or folder of this name when it reads a folder of
     * inventories. {@code group_vars} and {@code host_vars} count: they are read for variables, not
     * for hosts.
     */
    public static boolean isIgnoredInFolder(String fileName) {
        return IGNORED.matcher(fileName).find();
    }

    /** The folder beside whose inventory files these variables lie; empty for the current one. */
    static String folder(String path) {
        var vars = VARS.matcher(path);
        return vars.find() ? path.substring(0, vars.start()) : "";
    }

    private static boolean startsAsYaml(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> YAML_START.matcher(line).matches())
                .isPresent();
    }
}

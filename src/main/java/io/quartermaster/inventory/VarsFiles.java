package io.quartermaster.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * The texts of {@code group_vars} and {@code host_vars}, by the folder they lie in: what a later
 * folder says overrides what an earlier one says, of whatever group.
 */
final class VarsFiles {
    private final Map<String, Folder> folders = new LinkedHashMap<>();
    private final Map<String, String> groupFiles = new LinkedHashMap<>();
    private final Map<String, String> hostFiles = new LinkedHashMap<>();
    private final Limits limits;

    private record Folder(
            Map<String, Map<String, Variable>> groups, Map<String, Map<String, Variable>> hosts) {}

    VarsFiles(Limits limits) {
        this.limits = limits;
    }

    void read(Source.GroupVars source) {
        groupFiles.put(source.name(), source.group());
        var groups = folder(source).groups;
        read(source, groups.computeIfAbsent(source.group(), name -> new LinkedHashMap<>()));
    }

    void read(Source.HostVars source) {
        hostFiles.put(source.name(), source.host());
        var hosts = folder(source).hosts;
        read(source, hosts.computeIfAbsent(source.host(), name -> new LinkedHashMap<>()));
    }

    /** Overlays what is said of these groups; later names win within a folder. */
    void overlayGroups(Iterable<String> names, Map<String, Variable> onto) {
        for (var folder : folders.values()) {
            for (var name : names) onto.putAll(folder.groups.getOrDefault(name, Map.of()));
        }
    }

    void overlayHost(String name, Map<String, Variable> onto) {
        for (var folder : folders.values()) onto.putAll(folder.hosts.getOrDefault(name, Map.of()));
    }

    /** Files of groups and hosts that no inventory mentions: more often a slip than a plan. */
    void warnOfUnknownOwners(Draft draft) {
        groupFiles.forEach(
                (file, name) -> warn(draft, file, "group", name, draft.groups().keySet()));
        hostFiles.forEach((file, name) -> warn(draft, file, "host", name, draft.hosts().keySet()));
    }

    private static void warn(
            Draft draft, String file, String kind, String name, Set<String> known) {
        if (known.contains(name)) return;
        draft.warn(
                Problem.Code.UNKNOWN_OWNER,
                new Origin(file, 0),
                "variables of the "
                        + kind
                        + " "
                        + Problem.quoted(name)
                        + ", which no inventory mentions",
                "the name of a " + kind);
    }

    private Folder folder(Source source) {
        return folders.computeIfAbsent(
                SourcePath.folder(source.name()),
                name -> new Folder(new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    private void read(Source source, Map<String, Variable> into) {
        var yaml = new YamlText(source.name(), source.text(), limits);
        if (yaml.root().isEmpty()) return;
        if (!(yaml.root().get() instanceof MappingNode mapping)) {
            throw new Refusal(
                    Problem.Code.NOT_A_MAPPING,
                    yaml.at(yaml.root().get()),
                    "something else than a mapping",
                    "variables as KEY: VALUE");
        }
        for (var entry : yaml.entries(mapping)) {
            var value = yaml.value(entry.value());
            into.put(entry.key(), Variable.of(entry.key(), value, yaml.at(entry.keyNode())));
        }
    }
}

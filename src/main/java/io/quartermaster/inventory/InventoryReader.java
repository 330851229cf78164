package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads the texts of one inventory, all of them or none. */
public final class InventoryReader {
    private static final String VAULT = "$ANSIBLE_VAULT;";

    private final Limits limits;
    private final Draft draft;
    private final VarsFiles files;
    private final List<Problem> problems = new ArrayList<>();

    private InventoryReader(Limits limits) {
        this.limits = limits;
        this.draft = new Draft(limits);
        this.files = new VarsFiles(limits);
    }

    /**
     * Reads the sources in their order: what a later one says overrides what an earlier one says in
     * the same place.
     *
     * @param sources inventories, and the texts of {@code group_vars} and {@code host_vars} beside
     *     them
     */
    public static InventoryReading read(List<Source> sources, Limits limits) {
        return new InventoryReader(limits).read(sources);
    }

    private InventoryReading read(List<Source> sources) {
        try {
            checkLength(sources);
            for (var source : sources) gather(source);
            if (!problems.isEmpty()) return refused();
            draft.settle();
            files.warnOfUnknownOwners(draft);
            return new InventoryReading.Accepted(inventory(), warnings());
        } catch (Refusal refusal) {
            problems.add(refusal.problem());
            return refused();
        }
    }

    private InventoryReading refused() {
        var shown = problems.stream().limit(limits.problems()).toList();
        return new InventoryReading.Refused(shown);
    }

    private void checkLength(List<Source> sources) {
        long length = 0;
        for (var source : sources) {
            length += source.text().length();
            if (length > limits.textLength()) {
                throw new Refusal(
                        Problem.Code.TEXT_TOO_LONG,
                        new Origin(source.name(), 0),
                        "more than " + limits.textLength() + " characters so far",
                        "smaller inventories");
            }
        }
    }

    private void gather(Source source) {
        try {
            checkKind(source);
            switch (source) {
                case Source.Ini ini -> problems.addAll(new IniInventory(ini, draft).read());
                case Source.Yaml yaml -> new YamlInventory(yaml, draft).read();
                case Source.GroupVars vars -> files.read(vars);
                case Source.HostVars vars -> files.read(vars);
            }
        } catch (Refusal refusal) {
            problems.add(refusal.problem());
        }
    }

    /** Some files are no inventories at all, and quoting them would do harm. */
    private static void checkKind(Source source) {
        var origin = new Origin(source.name(), 1);
        if (source.text().startsWith(VAULT)) {
            throw new Refusal(
                    Problem.Code.ENCRYPTED,
                    origin,
                    "a text encrypted with Ansible Vault",
                    "plain text; keep secrets in the daemon's secret store or decrypt the file");
        }
        if (source.text().stripLeading().startsWith("-----BEGIN ")) {
            throw new Refusal(
                    Problem.Code.PRIVATE_KEY,
                    origin,
                    "a key or certificate",
                    "an inventory; keep keys outside of the folders that are read as inventories");
        }
    }

    private Inventory inventory() {
        var precedence = new Precedence(draft, files);
        var secrets = new LinkedHashMap<String, Secret>();
        var hosts = new LinkedHashMap<String, InventoryHost>();
        var bastions = new Bastions(hosts);
        for (var host : draft.hosts().values()) {
            var variables = precedence.variables(host);
            var groups = precedence.inherited(host).groups();
            var reader = new ConnectionReader(host.name, groups, variables, secrets);
            var connection = reader.read();
            draft.warnings().addAll(reader.warnings());
            hosts.put(host.name, new InventoryHost(host.name, groups, variables, connection));
            bastions.expect(host.name, reader.jumps());
        }
        bastions.link();
        return new Inventory(
                Collections.unmodifiableMap(hosts),
                Collections.unmodifiableMap(precedence.groups()),
                Map.copyOf(secrets));
    }

    /** A warning that comes from a group's variable is the same for all its hosts. */
    private List<Problem> warnings() {
        return List.copyOf(new LinkedHashSet<>(draft.warnings()));
    }
}

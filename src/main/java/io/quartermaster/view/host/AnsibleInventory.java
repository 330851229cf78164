package io.quartermaster.view.host;

import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Target.Become;
import io.quartermaster.view.host.Inventory.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts in the form in which Ansible takes them from a dynamic inventory. Groups: {@code
 * deployment_NAME}, {@code class_NAME}, {@code pool_NAME}, {@code label_NAME_VALUE}, and the groups
 * of the inventory that a host came from under their own names. Credentials are not part of it.
 *
 * @see <a
 *     href="https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html">Ansible:
 *     Developing dynamic inventory</a>
 */
public final class AnsibleInventory {
    private static final int MOST_JUMPS = 8;

    /** What may stand in ssh's options without being taken for something else. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:%-]*");

    /** Variables in which Ansible takes secrets; they have no place in a host's variables. */
    private static final Pattern SECRET =
            Pattern.compile("ansible_.*(pass|password|passphrase|private_key|secret|token)");

    private static final String FROM_GROUP = "group/";
    private static final Set<String> BUILT_IN = Set.of("all", "ungrouped");

    /** Shown or not: the way to a shown host may lead over another. */
    private final Map<String, Seat> known;

    private final Map<String, Seat> seats;

    /**
     * @param tenant only hosts with this tenant's machines are shown, absent for all
     */
    AnsibleInventory(Map<String, Seat> known, @Nullable String tenant) {
        this.known = known;
        seats = new TreeMap<>(known);
        if (tenant != null) seats.values().removeIf(seat -> !seat.isUsedBy(tenant));
    }

    /** What {@code --list} prints. */
    public Map<String, Object> list() {
        var groups = new TreeMap<String, Set<String>>();
        var variables = new TreeMap<String, Object>();
        seats.forEach(
                (name, seat) -> {
                    var its = groupsOf(seat);
                    if (its.isEmpty()) its.add("ungrouped");
                    for (var group : its) {
                        groups.computeIfAbsent(group, any -> new TreeSet<>()).add(name);
                    }
                    variables.put(name, variablesOf(seat.spec()));
                });
        var list = new LinkedHashMap<String, Object>();
        list.put("_meta", Map.of("hostvars", variables));
        var children = new TreeSet<>(groups.keySet());
        children.add("ungrouped");
        list.put("all", Map.of("children", children));
        groups.forEach((group, hosts) -> list.put(group, Map.of("hosts", hosts)));
        return list;
    }

    /** What {@code --host NAME} prints, or empty when there is no such host. */
    public Optional<Map<String, Object>> host(String name) {
        return Optional.ofNullable(seats.get(name)).map(seat -> variablesOf(seat.spec()));
    }

    private static Set<String> groupsOf(Seat seat) {
        var groups = new TreeSet<String>();
        seat.spec().labels().forEach((label, value) -> groups.add(groupOf(label, value)));
        var use = seat.use();
        if (use != null) {
            groups.add(groupName("deployment_" + use.deployment()));
            groups.add(groupName("class_" + use.machineClass()));
        }
        groups.removeAll(BUILT_IN);
        return groups;
    }

    private static String groupOf(String label, String value) {
        if (label.startsWith(FROM_GROUP)) return groupName(label.substring(FROM_GROUP.length()));
        if (label.equals("pool")) return groupName("pool_" + value);
        return groupName("label_" + label + "_" + value);
    }

    /** What Ansible takes for a name without a warning. */
    private static String groupName(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.matches("[A-Za-z_].*") ? plain : "_" + plain;
    }

    private Map<String, Object> variablesOf(HostSpec spec) {
        var variables = new TreeMap<>(spec.variables());
        variables.keySet().removeIf(name -> SECRET.matcher(name).matches());
        variables.put("ansible_host", spec.address());
        variables.put("ansible_port", spec.port());
        variables.put("ansible_user", spec.user());
        var method = spec.become().method();
        if (method != Become.Method.NONE) {
            variables.put("ansible_become", true);
            variables.put("ansible_become_method", method.name().toLowerCase(Locale.ROOT));
        }
        var jumps = jumps(spec);
        if (!jumps.isEmpty()) {
            var option = "-o ProxyJump=" + String.join(",", jumps);
            variables.put("ansible_ssh_common_args", option);
        }
        return variables;
    }

    /** The way to the host, first jump first; empty when it needs none or cannot be told. */
    private List<String> jumps(HostSpec spec) {
        var jumps = new ArrayList<String>();
        for (var bastion = spec.bastion(); bastion != null; ) {
            var next = known.get(bastion);
            if (next == null || jumps.size() == MOST_JUMPS) return List.of();
            var jump = next.spec();
            boolean plain =
                    PLAIN.matcher(jump.user()).matches() && PLAIN.matcher(jump.address()).matches();
            if (!plain) return List.of();
            var address =
                    jump.address().contains(":") ? "[" + jump.address() + "]" : jump.address();
            jumps.addFirst(jump.user() + "@" + address + ":" + jump.port());
            bastion = jump.bastion();
        }
        return jumps;
    }
}

package io.quartermaster.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory while texts are being read: who is in which group, and what is said of whom. */
final class Draft {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";
    private static final String PRIORITY = "ansible_group_priority";
    static final Origin NOWHERE = new Origin("the inventory as a whole", 0);

    private final Limits limits;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** A group: identity counts. */
    static final class Group {
        final String name;
        final Map<String, Variable> variables = new LinkedHashMap<>();
        final Set<Group> parents = new LinkedHashSet<>();
        final Set<Group> children = new LinkedHashSet<>();
        final Set<Host> hosts = new LinkedHashSet<>();
        int priority = 1;

        Group(String name) {
            this.name = name;
        }
    }

    /** A host: identity counts. */
    static final class Host {
        final String name;
        final Origin origin;
        final Map<String, Variable> variables = new LinkedHashMap<>();
        final Set<Group> groups = new LinkedHashSet<>();

        Host(String name, Origin origin) {
            this.name = name;
            this.origin = origin;
        }
    }

    Draft(Limits limits) {
        this.limits = limits;
        addGroup(ALL, NOWHERE);
        addGroup(UNGROUPED, NOWHERE);
        addChild(ALL, UNGROUPED, NOWHERE);
    }

    Limits limits() {
        return limits;
    }

    Map<String, Group> groups() {
        return groups;
    }

    Map<String, Host> hosts() {
        return hosts;
    }

    List<Problem> warnings() {
        return warnings;
    }

    void warn(Problem.Code code, Origin origin, String found, String expected) {
        warnings.add(new Problem(code, origin, found, expected));
    }

    boolean hasGroup(String name) {
        return groups.containsKey(name);
    }

    void addGroup(String name, Origin origin) {
        if (groups.containsKey(name)) return;
        if (groups.size() >= limits.groups()) {
            throw new Refusal(
                    Problem.Code.TOO_MANY_GROUPS,
                    origin,
                    "more than " + limits.groups() + " groups",
                    "fewer groups, or several inventories");
        }
        groups.put(name, new Group(EntityName.group(name, origin)));
    }

    /** A port in the pattern counts where the host is first mentioned, as in Ansible. */
    void addHost(String name, String group, @Nullable Integer port, Origin origin) {
        var host = hosts.get(name);
        if (host == null) {
            if (hosts.size() >= limits.hosts()) throw tooManyHosts(limits, origin);
            host = new Host(EntityName.host(name, origin), origin);
            if (port != null) put(host.variables, "ansible_port", port.longValue(), origin);
            hosts.put(name, host);
        }
        join(group(group), host);
    }

    static Refusal tooManyHosts(Limits limits, Origin origin) {
        return new Refusal(
                Problem.Code.TOO_MANY_HOSTS,
                origin,
                "more than " + limits.hosts() + " hosts",
                "a narrower range, or several inventories");
    }

    void addChild(String parent, String child, Origin origin) {
        var upper = group(parent);
        var lower = group(child);
        if (upper == lower || isAbove(lower, upper)) {
            throw new Refusal(
                    Problem.Code.GROUP_CYCLE,
                    origin,
                    "that "
                            + Problem.quoted(child)
                            + " is below "
                            + Problem.quoted(parent)
                            + " and above it",
                    "groups that do not contain themselves");
        }
        upper.children.add(lower);
        lower.parents.add(upper);
    }

    /** Groups that are only being declared have nothing below them, which spares most walks. */
    private static boolean isAbove(Group upper, Group lower) {
        return !upper.children.isEmpty() && ancestors(List.of(lower)).contains(upper);
    }

    /** Like Ansible, takes the name for a group's where both a group and a host have it. */
    void setHostVariable(String host, String name, @Nullable Object value, Origin origin) {
        if (groups.containsKey(host)) setGroupVariable(host, name, value, origin);
        else put(host(host).variables, name, value, origin);
    }

    void setGroupVariable(String group, String name, @Nullable Object value, Origin origin) {
        var target = group(group);
        if (name.equals(PRIORITY)) target.priority = priority(value, origin);
        else put(target.variables, name, value, origin);
    }

    /**
     * Ties loose ends once all texts are read: every group is below {@code all}, every host in some
     * group.
     */
    void settle() {
        for (var group : List.copyOf(groups.values())) {
            if (!group.name.equals(ALL) && group.parents.isEmpty())
                addChild(ALL, group.name, NOWHERE);
        }
        for (var host : hosts.values()) settle(host);
    }

    private void settle(Host host) {
        var all = group(ALL);
        var ungrouped = group(UNGROUPED);
        var within = ancestors(host.groups);
        within.remove(all);
        if (within.isEmpty()) join(ungrouped, host);
        if (within.contains(ungrouped) && within.size() > 1) {
            ungrouped.hosts.remove(host);
            host.groups.remove(ungrouped);
        }
        if (groups.containsKey(host.name)) {
            warn(
                    Problem.Code.NAME_CLASH,
                    host.origin,
                    "a host and a group named " + Problem.quoted(host.name),
                    "different names; what is said of the host is taken as said of the group");
        }
    }

    /** These groups and all groups above them. */
    static Set<Group> ancestors(Iterable<Group> from) {
        var seen = new LinkedHashSet<Group>();
        var waiting = new ArrayDeque<Group>();
        from.forEach(waiting::add);
        while (!waiting.isEmpty()) {
            var group = waiting.remove();
            if (seen.add(group)) waiting.addAll(group.parents);
        }
        return seen;
    }

    private static void join(Group group, Host host) {
        group.hosts.add(host);
        host.groups.add(group);
    }

    private static void put(
            Map<String, Variable> variables, String name, @Nullable Object value, Origin origin) {
        variables.put(name, Variable.of(name, value, origin));
    }

    /** A number, or text that reads as one, as Python's {@code int()} takes them. */
    private static int priority(@Nullable Object value, Origin origin) {
        try {
            return switch (value) {
                case Boolean flag -> flag ? 1 : 0;
                case Long number -> Math.toIntExact(number);
                case Double number -> Math.toIntExact((long) (double) number);
                case String text -> Integer.parseInt(text.strip());
                case null, default -> throw new NumberFormatException();
            };
        } catch (NumberFormatException | ArithmeticException e) {
            throw new Refusal(
                    Problem.Code.BAD_PRIORITY,
                    origin,
                    PRIORITY + " " + Problem.quoted(String.valueOf(value)),
                    "a whole number such as 10");
        }
    }

    Group group(String name) {
        return Objects.requireNonNull(groups.get(name), name);
    }

    private Host host(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }
}

package io.quartermaster.deployment;

import io.quartermaster.machine.MachineSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment stands: what is wanted, which machines there are, and what the last event led
 * to. Pure: the same events give the same machines with the same ids.
 *
 * @param incarnation log position of the deployment's creation, part of its machines' ids
 * @param spec absent before the first event
 * @param revision of the plan, 0 until it is known; no machine is asked for before
 * @param deleting whether all machines shall go
 * @param members machines that are not released, by id
 * @param asked machines ever asked for: the next ordinal
 * @param todo what the last event led to
 */
record Rollout(
        long incarnation,
        @Nullable DeploymentSpec spec,
        int revision,
        boolean deleting,
        Map<String, Member> members,
        int asked,
        Todo todo) {

    static final Rollout NONE = new Rollout(0, null, 0, false, Map.of(), 0, Todo.NOTHING);

    /** A machine of the deployment. */
    record Member(int ordinal, Status status) {}

    /** What is known of a machine. */
    enum Status {
        /** The order in which machines are given up when there are too many. */
        FAILED,
        PENDING,
        READY,
        /** Being released; no longer counted. */
        LEAVING
    }

    /** Machines to ask for, to bring to the present template, and to give up. */
    record Todo(List<String> request, List<String> update, List<String> release, boolean end) {
        static final Todo NOTHING = new Todo(List.of(), List.of(), List.of(), false);
    }

    /** The deployment that a machine belongs to: its id without the last part. */
    static String deploymentOf(String machine) {
        int dash = machine.lastIndexOf('-');
        return dash < 0 ? machine : machine.substring(0, dash);
    }

    private String machineId(String deployment, int ordinal) {
        String seed = deployment + "/" + incarnation + "/" + ordinal;
        UUID hash = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        String digits =
                Long.toUnsignedString(hash.getMostSignificantBits(), 36).toLowerCase(Locale.ROOT);
        return deployment + "-" + "00000000".concat(digits).substring(digits.length());
    }

    /** The specification of a machine that is made now. */
    MachineSpec machineSpec(String deployment) {
        if (spec == null) {
            throw new IllegalStateException(
                    "deployment " + deployment + " has no specification yet");
        }
        DeploymentSpec.Template template = spec.template();
        return new MachineSpec(
                spec.tenant(),
                deployment,
                template.machineClass(),
                template.plan(),
                revision,
                template.parameters(),
                template.labels());
    }

    Rollout wanting(DeploymentSpec newSpec, int newRevision) {
        return new Rollout(
                incarnation, newSpec, newRevision, deleting, members, asked, Todo.NOTHING);
    }

    Rollout with(String machine, Status status) {
        Member member = members.get(machine);
        if (member == null || member.status() == Status.LEAVING) {
            return settled();
        }
        Map<String, Member> next = new TreeMap<>(members);
        next.put(machine, new Member(member.ordinal(), status));
        return new Rollout(incarnation, spec, revision, deleting, next, asked, Todo.NOTHING);
    }

    Rollout without(String machine) {
        Map<String, Member> next = new TreeMap<>(members);
        next.remove(machine);
        return new Rollout(incarnation, spec, revision, deleting, next, asked, Todo.NOTHING);
    }

    Rollout ending() {
        return new Rollout(incarnation, spec, revision, true, members, asked, Todo.NOTHING);
    }

    Rollout settled() {
        return new Rollout(incarnation, spec, revision, deleting, members, asked, Todo.NOTHING);
    }

    /** Every machine that stays is to be brought to the present template. */
    Rollout restarting() {
        List<String> update =
                members.entrySet().stream()
                        .filter(entry -> entry.getValue().status() != Status.LEAVING)
                        .map(Map.Entry::getKey)
                        .toList();
        return new Rollout(
                incarnation,
                spec,
                revision,
                deleting,
                members,
                asked,
                new Todo(List.of(), update, List.of(), false));
    }

    /** Compares what is wanted with what there is, and notes what to do about it. */
    Rollout planned(String deployment) {
        if (spec == null || !deleting && revision == 0) {
            return this;
        }
        List<String> staying =
                members.entrySet().stream()
                        .filter(entry -> entry.getValue().status() != Status.LEAVING)
                        .sorted(
                                Comparator.comparing(
                                                (Map.Entry<String, Member> entry) ->
                                                        entry.getValue().status())
                                        .thenComparing(entry -> -entry.getValue().ordinal()))
                        .map(Map.Entry::getKey)
                        .toList();
        int wanted = deleting ? 0 : spec.replicas();
        Map<String, Member> next = new TreeMap<>(members);
        List<String> release =
                List.copyOf(staying.subList(0, Math.max(0, staying.size() - wanted)));
        release.forEach(
                id ->
                        next.computeIfPresent(
                                id, (key, member) -> new Member(member.ordinal(), Status.LEAVING)));
        List<String> request = new ArrayList<>();
        int ordinal = asked;
        for (int missing = wanted - staying.size(); missing > 0; missing--) {
            String id = machineId(deployment, ordinal);
            next.put(id, new Member(ordinal++, Status.PENDING));
            request.add(id);
        }
        Todo then = new Todo(request, todo.update(), release, deleting && next.isEmpty());
        return new Rollout(incarnation, spec, revision, deleting, next, ordinal, then);
    }
}

package io.quartermaster.schedule.provider;

import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.step.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Clusters in memory; the test plays scheduler and kubelet. */
final class FakeCluster implements Instances {
    static final Failure STARTING =
            new Failure("pod-starting", "it starts", "wait", Failure.Retry.WORTHWHILE);

    private final Map<Place, Map<String, State>> things = new HashMap<>();
    private final Runnable afterCall;
    private @Nullable Failure silence;
    private @Nullable Failure refusal;
    private @Nullable String broken;
    private int made;

    /** Every instance ever made, in order. */
    final List<Instance> births = new ArrayList<>();

    /** How often it was asked or told something. */
    int calls;

    /** What comes to an end by being told to go takes its time when this is set. */
    boolean lingers;

    FakeCluster(Runnable afterCall) {
        this.afterCall = afterCall;
    }

    private Map<String, State> at(Place place) {
        return things.computeIfAbsent(place, any -> new TreeMap<>());
    }

    @Override
    public Map<String, State> list(Place place) {
        speak();
        return Map.copyOf(at(place));
    }

    @Override
    public State look(Instance instance) {
        speak();
        return at(instance.place()).getOrDefault(instance.name(), new State.Gone());
    }

    @Override
    public State make(Instance instance, String body) {
        speak();
        if (refusal != null) throw new InstanceFailure(refusal);
        if (instance.name().equals(broken)) throw new IllegalStateException("a defect");
        var there = at(instance.place()).get(instance.name());
        if (there == null) {
            births.add(instance);
            there = new State.Pending("uid-" + ++made, STARTING);
            at(instance.place()).put(instance.name(), there);
        }
        afterCall.run();
        return there;
    }

    @Override
    public void remove(Instance instance) {
        speak();
        at(instance.place())
                .computeIfPresent(
                        instance.name(),
                        (name, state) -> lingers ? new State.Leaving("uid") : null);
        afterCall.run();
    }

    @Override
    public void removeExactly(Instance seen) {
        if (uid(look(seen)).equals(seen.uid())) remove(seen);
    }

    private static String uid(State state) {
        return switch (state) {
            case State.Gone gone -> "";
            case State.Pending pending -> pending.uid();
            case State.Running running -> running.uid();
            case State.Failed failed -> failed.uid();
            case State.Leaving leaving -> leaving.uid();
        };
    }

    private void speak() {
        calls++;
        if (silence != null) throw new InstanceFailure(silence);
    }

    /** No cluster answers any more, or all do again. */
    void silence(@Nullable Failure why) {
        silence = why;
    }

    /** An instance of this name meets a defect when it is made. */
    void breakFor(String name) {
        broken = name;
    }

    /** Nothing can be made any more, or again. */
    void refuse(@Nullable Failure why) {
        refusal = why;
    }

    /** All that wait run from now on. */
    void runAll() {
        things.values()
                .forEach(
                        there ->
                                there.replaceAll(
                                        (name, state) ->
                                                state instanceof State.Pending(var uid, var why)
                                                        ? running(uid)
                                                        : state));
    }

    static State running(String uid) {
        return new State.Running(uid, "10.0.0." + uid.replaceAll("\\D", ""), "node-1");
    }

    /** Somebody else changes something. */
    void set(Place place, String name, @Nullable State state) {
        if (state == null) at(place).remove(name);
        else at(place).put(name, state);
    }

    Map<String, State> all(Place place) {
        return Map.copyOf(at(place));
    }
}

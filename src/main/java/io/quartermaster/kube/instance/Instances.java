package io.quartermaster.kube.instance;

import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Place;
import java.util.Map;

/**
 * The port to what makes instances. An instance is found by its name, which is the machine's id, so
 * that making it again finds the one that is there. Each method throws {@link InstanceFailure} when
 * it cannot be said or done.
 */
public interface Instances {

    /** What this installation has at a place, by name. Others' things are not seen. */
    Map<String, State> list(Place place);

    /** How one instance is now; what somebody else has made under its name does not count. */
    State look(Instance instance);

    /**
     * Makes an instance, unless there is one; that somebody else has taken its name is a failure.
     *
     * @param body what {@code InstanceTemplate} has
     */
    State make(Instance instance, String body);

    /**
     * Has an instance go. It is gone only once {@link #look} says so. What somebody else has made
     * under its name stays.
     */
    void remove(Instance instance);

    /**
     * The same for the very one that was seen: another one of its name, with another uid, stays.
     */
    void removeExactly(Instance seen);
}

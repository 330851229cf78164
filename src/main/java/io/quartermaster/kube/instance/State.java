package io.quartermaster.kube.instance;

import io.quartermaster.step.Failure;

/** How an instance is. */
public sealed interface State {

    /** It is there, but cannot be used yet, or not just now. */
    record Pending(String uid, Failure why) implements State {}

    /**
     * It can be used.
     *
     * @param uid another one of the same name has another
     * @param address where it is reached
     * @param node where it runs, empty when the cluster does not say
     */
    record Running(String uid, String address, String node) implements State {}

    /** It has ended and will not come back by itself. */
    record Failed(String uid, Failure why) implements State {}

    /** It is being removed. */
    record Leaving(String uid) implements State {}

    /** There is none. */
    record Gone() implements State {}
}

package io.quartermaster.runner;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Target;
import org.jspecify.annotations.Nullable;

/** Finds out how a host is reached, with all the jump hosts before it. */
final class Targets {

    private static final int MOST_BASTIONS = 8;

    private final Aggregates aggregates;

    Targets(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    /** The host as it is known now, which may be unknown. */
    Host host(String name) {
        return aggregates.load(new StreamId(HostDecider.STREAM, name), Host.class).state();
    }

    /**
     * The way to a host.
     *
     * @throws NoWay when a host on the way is not known, or the way is longer than eight jumps
     */
    Target target(String name) {
        return target(name, MOST_BASTIONS);
    }

    private Target target(String name, int jumpsLeft) {
        if (!(host(name) instanceof Host.Live host)) {
            throw new NoWay(
                    new Failure(
                            "host-unknown",
                            "host " + name + " is not known",
                            "enrol it by an inventory or a Host manifest",
                            Failure.Retry.WORTHWHILE));
        }
        String bastion = host.spec().bastion();
        if (bastion != null && jumpsLeft == 0) {
            throw new NoWay(
                    new Failure(
                            "too-many-bastions",
                            "the way to "
                                    + name
                                    + " has more than "
                                    + MOST_BASTIONS
                                    + " jump hosts, or goes in a circle",
                            "correct the hosts' bastions",
                            Failure.Retry.POINTLESS));
        }
        @Nullable Target through = bastion == null ? null : target(bastion, jumpsLeft - 1);
        return new Target(
                name,
                host.spec().address(),
                host.spec().port(),
                host.spec().user(),
                host.spec().become(),
                host.spec().credentials(),
                host.keys(),
                through);
    }

    /** There is no way to a host. */
    static final class NoWay extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        NoWay(Failure failure) {
            super(failure.reason(), null, false, false);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}

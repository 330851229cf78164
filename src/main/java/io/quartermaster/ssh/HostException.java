package io.quartermaster.ssh;

import io.quartermaster.step.Failure;
import java.time.Duration;

/** A host cannot be worked on now; says why in a form that the caller of the executor gets. */
final class HostException extends Exception {

    /** What is the matter. */
    sealed interface Trouble {
        /** It cannot be spoken to, or does not let us in. */
        record Unreachable(Failure failure, Duration retryIn) implements Trouble {}

        /** It shows a key that is not pinned. */
        record WrongKey(String host, String shown) implements Trouble {}

        /** It has seen a newer claim. */
        record Fenced(long newer) implements Trouble {}
    }

    private final transient Trouble trouble;

    HostException(Trouble trouble) {
        super(trouble.toString());
        this.trouble = trouble;
    }

    HostException(Failure failure, Duration retryIn) {
        this(new Trouble.Unreachable(failure, retryIn));
    }

    Trouble trouble() {
        return trouble;
    }
}

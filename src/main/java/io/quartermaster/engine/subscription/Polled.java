package io.quartermaster.engine.subscription;

/**
 * What a poll did.
 *
 * @param read events that it went past
 * @param handled events that its handler took, parked ones that were tried again among them
 * @param parked streams that are parked after it
 * @param position up to where everything is dealt with
 */
public record Polled(int read, int handled, int parked, long position) {

    /** Whether there was nothing to do. */
    public boolean idle() {
        return read == 0 && handled == 0;
    }
}

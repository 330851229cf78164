package io.quartermaster.engine;

import io.quartermaster.es.StreamId;

/**
 * A command for one aggregate.
 *
 * @param tenant who will own the stream if this command creates it; empty for the operator's own
 * @param command a record under the decider's sealed root of commands
 * @param expected what the sender knows about the stream's version
 */
public record Order(StreamId stream, String tenant, Object command, Expected expected) {

    /** A command that may meet whatever state there is. */
    public Order(StreamId stream, String tenant, Object command) {
        this(stream, tenant, command, new Expected.Any());
    }

    /** The same command, valid only at the version the sender has seen. */
    public Order expecting(long version) {
        return new Order(stream, tenant, command, new Expected.Exactly(version));
    }
}

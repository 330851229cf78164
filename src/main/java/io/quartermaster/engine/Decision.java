package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.util.List;

/**
 * What a command would lead to, and what the log would be asked to append.
 *
 * @param version of the stream before the command
 * @param before the aggregate's state before
 * @param after the aggregate's state after
 */
public record Decision(
        StreamId stream, long version, Object before, Object after, List<?> events) {}

package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as of one of its versions.
 *
 * @param version number of events in the state; 0 when there are none
 * @param tenant owner of the stream, absent when the stream does not exist
 */
public record Loaded<S>(StreamId stream, long version, @Nullable String tenant, S state) {}

package io.quartermaster.engine;

import io.quartermaster.es.StreamId;

/**
 * The log's answer to one command. A repeat of the command gets the same, but for {@code repeated}.
 *
 * @param version of the stream after the command
 * @param position a reader that has passed it has seen the command's events; the last one's
 *     position, or the log's head where there were none
 * @param events how many it led to; 0 when it was already fulfilled
 * @param repeated whether this is the stored answer to an earlier delivery of the same command id
 */
public record Receipt(StreamId stream, long version, long position, int events, boolean repeated) {}

package io.quartermaster.engine.saga;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Order;

/**
 * A command that a saga wants sent. Its id follows from the event that led to it, so that sending
 * it again does nothing again.
 *
 * @param saga the saga's name without its version
 * @param key which of its instances; commands of one instance are sent in order
 */
public record Outgoing(String saga, String key, Order order, Ask ask) {}

package io.quartermaster.manifest;

import io.quartermaster.es.StreamId;

/**
 * One command that a document asks for. A deployment asks for four: its plan, its class and its
 * tenant are told as well.
 *
 * @param stream the aggregate that gets the command
 * @param command a command of that aggregate's decider
 * @param document index of the document, from 0
 * @param kind the document's kind: {@code Host}
 * @param name the document's name
 */
public record Change(
        StreamId stream, String tenant, Object command, int document, String kind, String name) {}

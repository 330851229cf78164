package io.quartermaster.manifest;

import java.util.List;

/** What came of reading a text. */
public sealed interface Reading {

    /**
     * It is well-formed and within the limits.
     *
     * @param documents at least one, in the order of the text
     */
    record Parsed(List<Document> documents) implements Reading {}

    /**
     * It cannot be read; over HTTP a 400.
     *
     * @param code stable, lower case with hyphens: {@code duplicate-key}
     * @param line from 1
     * @param column from 1
     * @param reason what was found and what would be right; quotes no values
     */
    record Unreadable(String code, int line, int column, String reason) implements Reading {}
}

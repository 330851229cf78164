package io.quartermaster.manifest;

/**
 * Something in a document that is wrong.
 *
 * @param document its index, from 0
 * @param line where in the text, from 1
 * @param pointer RFC 6901 JSON pointer within the document; for a field that is missing, where it
 *     should be
 * @param code stable, lower case with hyphens: {@code unknown-field}
 * @param message what was found and what would be right; never the value of anything that may be
 *     secret
 */
public record Violation(int document, int line, String pointer, String code, String message) {}

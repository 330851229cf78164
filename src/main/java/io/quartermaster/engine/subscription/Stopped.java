package io.quartermaster.engine.subscription;

/**
 * A subscriber that cannot go on until a person has acted.
 *
 * @param reason what it met, and what to do
 */
public record Stopped(String subscriber, String reason) {}

package io.quartermaster.engine.lease;

/**
 * The right to do something alone for a while.
 *
 * @param name what for
 * @param owner who holds it, unique for each start of a process
 * @param epoch fencing token: greater than that of every lease given before, whatever its name
 */
public record Lease(String name, String owner, long epoch) {}

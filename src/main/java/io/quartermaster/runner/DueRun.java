package io.quartermaster.runner;

/**
 * A run that somebody should take: it is new, its pause is over, or whoever had it may be gone.
 *
 * @param machine id
 * @param number of the run
 * @param pool the host's label {@code pool}, empty without
 * @param bastion the host's jump host, empty without
 */
public record DueRun(String machine, int number, String tenant, String pool, String bastion) {}

package io.quartermaster.runner;

import java.time.Duration;

/**
 * Limits of a runner.
 *
 * @param name of this replica, unique among the living ones
 * @param total runs at the same time
 * @param perPool runs at the same time on hosts of one pool
 * @param perBastion runs at the same time through one jump host
 * @param perTenant runs at the same time for one tenant
 * @param lease how long a silent runner keeps its runs; they are renewed three times as often
 * @param patience how long a host may be out of reach before its run fails
 */
public record RunnerSettings(
        String name,
        int total,
        int perPool,
        int perBastion,
        int perTenant,
        Duration lease,
        Duration patience) {}

package io.quartermaster.view.machine;

import io.quartermaster.machine.RunKind;
import org.jspecify.annotations.Nullable;

/**
 * A run that a runner may take, with what its limits go by.
 *
 * @param state due, waiting, or claimed: by a runner that may be gone
 * @param pool the host's label of that name
 * @param bastion the host that leads to its host
 */
public record DueRun(
        String machine,
        int number,
        RunKind kind,
        String state,
        String tenant,
        @Nullable String host,
        @Nullable String pool,
        @Nullable String bastion) {}

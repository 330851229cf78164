package io.quartermaster.billing.delivery;

import io.quartermaster.billing.usage.Emission;
import java.time.Instant;
import java.util.UUID;

/**
 * A slice as it is sent, which never changes once it has been made.
 *
 * @param seq its place in the order of sending
 * @param id follows from the slice, so that whoever gets it twice can tell
 */
public record UsageRecord(long seq, UUID id, Emission slice, Instant madeAt) {}

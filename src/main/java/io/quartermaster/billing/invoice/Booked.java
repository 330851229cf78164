package io.quartermaster.billing.invoice;

import io.quartermaster.billing.price.Line;
import java.util.UUID;

/** A line that stands in the ledger. */
public record Booked(UUID id, Line line) {}

package io.quartermaster.machine;

import io.quartermaster.step.Facts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The states of a host. */
public sealed interface Host {

    /** Not known. */
    record Unknown() implements Host {}

    /**
     * Known.
     *
     * @param keys pinned or declared keys
     * @param facts what the last inspection saw; absent before the first
     */
    record Live(
            HostSpec spec,
            String source,
            List<String> keys,
            @Nullable Facts facts,
            Occupancy occupancy,
            Standing standing)
            implements Host {

        Live with(Occupancy next) {
            return new Live(spec, source, keys, facts, next, standing);
        }

        Live with(Standing next) {
            return new Live(spec, source, keys, facts, occupancy, next);
        }

        Live with(List<String> nextKeys) {
            return new Live(spec, source, List.copyOf(nextKeys), facts, occupancy, standing);
        }

        Live with(HostSpec nextSpec, String nextSource) {
            List<String> nextKeys = nextSpec.hostKeys().isEmpty() ? keys : nextSpec.hostKeys();
            return new Live(nextSpec, nextSource, nextKeys, facts, occupancy, standing);
        }

        Live with(Facts nextFacts) {
            return new Live(spec, source, keys, nextFacts, occupancy, standing);
        }

        /** Why no machine may be put on it now, or empty when one may. */
        public Optional<String> unavailable() {
            if (standing instanceof Standing.Quarantined quarantined) {
                return Optional.of("it is quarantined: " + quarantined.reason());
            }
            if (standing instanceof Standing.Maintenance maintenance) {
                return Optional.of("it is in maintenance: " + maintenance.reason());
            }
            if (facts == null) {
                return Optional.of("it was never inspected");
            }
            return occupancy.machine().map(machine -> "machine " + machine + " is on it");
        }

        /**
         * The word for it in lists: enrolled, available, reserved, in use, cleaning, quarantined,
         * maintenance.
         */
        public String state() {
            return switch (standing) {
                case Standing.Quarantined ignored -> "quarantined";
                case Standing.Maintenance ignored -> "maintenance";
                case Standing.Good ignored ->
                        switch (occupancy) {
                            case Occupancy.Vacant vacant ->
                                    facts == null ? "enrolled" : "available";
                            case Occupancy.Reserved reserved -> "reserved";
                            case Occupancy.InUse inUse -> "in use";
                            case Occupancy.Cleaning cleaning -> "cleaning";
                        };
            };
        }
    }

    /** Given up for good; its name may be enrolled again. */
    record Retired() implements Host {}

    /** Which machine is on it. */
    sealed interface Occupancy {
        /** The machine, if there is one. */
        default Optional<String> machine() {
            return switch (this) {
                case Vacant vacant -> Optional.empty();
                case Reserved reserved -> Optional.of(reserved.by());
                case InUse inUse -> Optional.of(inUse.by());
                case Cleaning cleaning -> Optional.of(cleaning.by());
            };
        }

        /** None. */
        record Vacant() implements Occupancy {}

        /** Kept for a machine. */
        record Reserved(String by) implements Occupancy {}

        /** A machine is being made or runs. */
        record InUse(String by) implements Occupancy {}

        /** A machine's traces are being removed. */
        record Cleaning(String by) implements Occupancy {}
    }

    /** Whether it may be used. */
    sealed interface Standing {
        /** Yes. */
        record Good() implements Standing {}

        /**
         * Not until a person says so.
         *
         * @param before what it returns to then
         */
        record Quarantined(String code, String reason, Standing before) implements Standing {}

        /** Not for new machines. */
        record Maintenance(String reason) implements Standing {}
    }
}

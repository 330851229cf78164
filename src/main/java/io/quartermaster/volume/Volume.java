package io.quartermaster.volume;

import io.quartermaster.volume.VolumeEvent.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The states of a volume. */
public sealed interface Volume {

    /** The newest sighting. */
    Seen seen();

    /** Never asked for nor seen. */
    record None() implements Volume {
        @Override
        public Seen seen() {
            return Seen.NEVER;
        }
    }

    /**
     * Asked for and not yet gone.
     *
     * @param ending why it is being deleted, absent while it is not
     * @param reported whether it lives elsewhere and is only reported; else it is made here
     */
    record Live(
            String tenant,
            VolumeSpec spec,
            Stage stage,
            @Nullable Attachment attachment,
            @Nullable Ending ending,
            boolean reported,
            Seen seen)
            implements Volume {

        Live as(VolumeSpec next) {
            return new Live(tenant, next, stage, attachment, ending, reported, seen);
        }

        Live ownedBy(String next) {
            return new Live(next, spec, stage, attachment, ending, reported, seen);
        }

        Live attached(@Nullable Attachment next) {
            return new Live(tenant, spec, stage, next, ending, reported, seen);
        }

        Live ending(Ending why) {
            return new Live(tenant, spec, Stage.DELETING, attachment, why, reported, seen);
        }

        Live seen(Seen next) {
            return new Live(tenant, spec, stage, attachment, ending, reported, next);
        }
    }

    /** Gone since then; the name may be used again. */
    record Gone(Instant at, Seen seen) implements Volume {}

    /** Where a live volume stands. */
    enum Stage {
        /** Somebody makes it. */
        CREATING,
        PRESENT,
        /** Somebody deletes it. */
        DELETING
    }

    /** To which machine it is attached. */
    record Attachment(String machine, boolean deleteOnTermination) {}

    /**
     * When it was last seen elsewhere.
     *
     * @param version the reporter's own count of changes, 0 when it keeps none
     */
    record Seen(Instant at, long version) {
        static final Seen NEVER = new Seen(Instant.EPOCH, -1);

        /** Whether a sighting is newer, by its time and then by the reporter's count. */
        boolean isBefore(Instant otherAt, long otherVersion) {
            int order = at.compareTo(otherAt);
            return order < 0 || order == 0 && version < otherVersion;
        }
    }
}

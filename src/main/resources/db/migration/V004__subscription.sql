-- Where each reader of the log stands. Only the primary key is indexed and pages are kept half empty,
-- so that moving on, the one frequent update, stays within its page and leaves the index alone.
CREATE TABLE checkpoint (
    subscriber  text     NOT NULL,
    first_slice smallint NOT NULL,
    last_slice  smallint NOT NULL,
    position    bigint   NOT NULL,
    -- fencing: of the lease under which it moved last
    epoch       bigint   NOT NULL,
    -- what an earlier version of the subscriber has acted upon, this one only takes note of
    acts_after  bigint   NOT NULL,
    CONSTRAINT checkpoint_exists_once_for_a_range_of_slices PRIMARY KEY (subscriber, first_slice)
) WITH (fillfactor = 50);

-- Streams that a subscriber could not go on with; later events of theirs wait in the log.
CREATE TABLE parked_stream (
    subscriber text        NOT NULL,
    stream     text        NOT NULL,
    slice      smallint    NOT NULL,
    -- of the event that failed
    version    bigint      NOT NULL,
    position   bigint      NOT NULL,
    attempts   int         NOT NULL,
    error      text        NOT NULL,
    -- absent when a person has to act
    retry_at   timestamptz,
    CONSTRAINT a_stream_is_parked_once_for_a_subscriber PRIMARY KEY (subscriber, stream)
);

-- Events that a subscriber could not handle, and what a person decided.
CREATE TABLE dead_letter (
    id         bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    subscriber text        NOT NULL,
    stream     text        NOT NULL,
    version    bigint      NOT NULL,
    position   bigint      NOT NULL,
    attempts   int         NOT NULL,
    error      text        NOT NULL,
    died_at    timestamptz NOT NULL,
    resolution text,
    reason     text,
    actor      text,
    resolved_at timestamptz,
    CONSTRAINT a_dead_letter_is_retried_or_skipped CHECK (resolution IN ('retried', 'skipped')),
    CONSTRAINT a_resolution_says_who_when_and_why
        CHECK (num_nulls(resolution, reason, actor, resolved_at) IN (0, 4))
);
CREATE UNIQUE INDEX an_open_dead_letter_exists_once_for_a_stream
    ON dead_letter (subscriber, stream) WHERE resolution IS NULL;

-- How far each sink has got with the slices.
CREATE TABLE sink_state (
    sink            text        PRIMARY KEY,
    -- fencing: of the lease under which it was taken over last
    epoch           bigint      NOT NULL,
    cursor          bigint      NOT NULL,
    condition       text        NOT NULL,
    reason          text,
    failures        int         NOT NULL,
    next_attempt_at timestamptz,
    refused         int         NOT NULL,
    last_answer     text,
    last_answer_at  timestamptz,
    last_success_at timestamptz,
    settled         bigint      NOT NULL,
    settling        bigint      NOT NULL,
    settling_since  timestamptz,
    CONSTRAINT a_sink_sends_or_does_not CHECK (condition IN ('active', 'paused', 'disabled')),
    CONSTRAINT what_sends_nothing_says_why CHECK ((condition = 'active') = (reason IS NULL))
);

-- Slices that a sink could not get rid of, and what a person decided.
CREATE TABLE sink_dead_letter (
    id          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    sink        text        NOT NULL REFERENCES sink_state,
    seq         bigint      NOT NULL REFERENCES usage_slice,
    kind        text        NOT NULL,
    error       text        NOT NULL,
    attempts    int         NOT NULL,
    died_at     timestamptz NOT NULL,
    -- absent while it waits for a decision
    resolution  text,
    reason      text,
    actor       text,
    resolved_at timestamptz,
    CONSTRAINT a_slice_dies_once_for_a_sink UNIQUE (sink, seq),
    CONSTRAINT a_dead_letter_was_refused_unfit_or_dropped CHECK (kind IN ('refused', 'unfit', 'dropped')),
    CONSTRAINT a_dead_letter_is_sent_again_or_skipped
        CHECK (resolution IN ('retrying', 'arrived', 'skipped')),
    CONSTRAINT a_decision_says_who_when_and_why
        CHECK (num_nulls(resolution, reason, actor, resolved_at) IN (0, 4))
);
CREATE INDEX dead_letters_that_are_not_done_with ON sink_dead_letter (sink, id)
    WHERE resolution IS NULL OR resolution = 'retrying';

-- Who let a sink go on, or had it read back, and why.
CREATE TABLE sink_decision (
    id     bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    sink   text        NOT NULL,
    what   text        NOT NULL,
    reason text        NOT NULL,
    actor  text        NOT NULL,
    at     timestamptz NOT NULL
);

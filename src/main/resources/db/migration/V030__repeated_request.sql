-- Requests that carry an Idempotency-Key, and how they were answered. Forgotten after a day.

CREATE TABLE repeated_request (
    actor       text        NOT NULL,
    key         text        NOT NULL,
    -- over method, target and body
    fingerprint text        NOT NULL,
    -- absent while the first one is being carried out, and when it failed so that it may be tried again
    answer      jsonb,
    first_at    timestamptz NOT NULL,
    PRIMARY KEY (actor, key),
    CONSTRAINT repeated_request_key_is_short CHECK (length(key) BETWEEN 1 AND 255)
);

CREATE INDEX repeated_request_by_age ON repeated_request (first_at);

-- What sagas know, what they have sent and what they will send.

CREATE TABLE saga (
    name  text  NOT NULL,
    key   text  NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT a_saga_has_one_state_for_each_key PRIMARY KEY (name, key)
) WITH (fillfactor = 70);

-- Commands in the order of their sending. A row goes when its command is done; one that was refused
-- stays, with the code of the refusal, for people to see.
CREATE TABLE outbox (
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    saga         text        NOT NULL,
    key          text        NOT NULL,
    tenant       text        NOT NULL,
    stream       text        NOT NULL,
    command_type text        NOT NULL,
    command_version int      NOT NULL,
    command      jsonb       NOT NULL,
    metadata     jsonb       NOT NULL,
    attempts     int         NOT NULL DEFAULT 0,
    not_before   timestamptz NOT NULL DEFAULT '-infinity',
    code         text,
    message      text,
    CONSTRAINT a_refusal_says_why CHECK (code IS NULL OR message IS NOT NULL)
);
CREATE INDEX outbox_pending ON outbox (sequence) WHERE code IS NULL;
CREATE INDEX outbox_held_back ON outbox (saga, key, sequence) WHERE code IS NULL AND attempts > 0;

CREATE TABLE deadline (
    saga         text        NOT NULL,
    key          text        NOT NULL,
    name         text        NOT NULL,
    at           timestamptz NOT NULL,
    tenant       text        NOT NULL,
    stream       text        NOT NULL,
    command_type text        NOT NULL,
    command_version int      NOT NULL,
    command      jsonb       NOT NULL,
    metadata     jsonb       NOT NULL,
    CONSTRAINT a_deadline_is_named_once_in_its_instance PRIMARY KEY (saga, key, name)
);
CREATE INDEX deadline_due ON deadline (at);

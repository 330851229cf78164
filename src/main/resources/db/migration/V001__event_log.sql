-- The event log: streams, their events in one order, and the answers to the commands that led to them.
-- These three tables have no CHECK constraints: PostgreSQL parses them anew in every statement, which
-- took a fifth of an append; append_events is the only writer and keeps the rules.

CREATE TABLE stream (
    id               text PRIMARY KEY,
    type             text        NOT NULL,
    tenant           text        NOT NULL,
    slice            smallint    NOT NULL,
    -- 0 while the stream has no events: such a row only served to be locked
    version          bigint      NOT NULL DEFAULT 0,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    snapshot         jsonb,
    snapshot_version bigint,
    snapshot_shape   text
) WITH (fillfactor = 70);

CREATE TABLE event (
    position       bigint      PRIMARY KEY,
    stream         text        NOT NULL,
    version        bigint      NOT NULL,
    event_id       uuid        NOT NULL,
    type           text        NOT NULL,
    schema_version smallint    NOT NULL,
    data           jsonb       NOT NULL,
    metadata       jsonb       NOT NULL,
    tenant         text        NOT NULL,
    slice          smallint    NOT NULL,
    recorded_at    timestamptz NOT NULL,
    effective_at   timestamptz NOT NULL,
    CONSTRAINT a_version_exists_once_in_its_stream UNIQUE (stream, version),
    CONSTRAINT an_event_id_exists_once UNIQUE (event_id)
);

-- The answer to each command that was accepted, so that its repeat gets the same one.
CREATE TABLE command (
    id           uuid        PRIMARY KEY,
    -- position of the event before its first one
    after        bigint      NOT NULL,
    -- versions of its streams before it, in the order in which changes name them first
    versions     bigint[]    NOT NULL,
    -- a line for each change: number of its events, a space, its stream
    changes      text        NOT NULL,
    recorded_at  timestamptz NOT NULL
);

CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are facts: % on table event is forbidden', TG_OP
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Record another event that corrects the earlier one.';
END $$;

CREATE TRIGGER event_rows_never_change BEFORE UPDATE OR DELETE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history();
CREATE TRIGGER event_table_is_never_emptied BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history();
REVOKE UPDATE, DELETE, TRUNCATE ON event FROM PUBLIC;

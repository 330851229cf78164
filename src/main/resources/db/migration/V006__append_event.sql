-- append_events for the most frequent call: one command with one event. It does the same in the same
-- order, without arrays, which took a third of such a call.
CREATE FUNCTION append_event(
    command_id        uuid,
    command_metadata  text,
    command_effective timestamptz,
    command_changes   text,
    stream_id         text,
    stream_expected   bigint,     -- as in append_events
    stream_tenant     text,
    stream_slice      int,
    event_id          uuid,
    event_type        text,
    event_schema      int,
    event_data        text,
    OUT head          bigint,     -- position of the last event before this
    OUT known         bigint,     -- version of the stream before this
    OUT seen          boolean,    -- whether the command was accepted before
    OUT lost          boolean     -- whether it has lost
)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
#variable_conflict use_variable
DECLARE
    owner text;
    clock timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append_event needs READ COMMITTED, found %',
            upper(current_setting('transaction_isolation'))
            USING ERRCODE = 'invalid_transaction_state';
    END IF;

    IF stream_expected IN (0, -2) THEN
        INSERT INTO stream (id, type, tenant, slice, created_at, updated_at)
        VALUES (stream_id, split_part(stream_id, '/', 1), stream_tenant, stream_slice, now(), now())
        ON CONFLICT DO NOTHING;
    END IF;
    SELECT s.version, s.tenant INTO known, owner FROM stream s WHERE s.id = stream_id FOR UPDATE;
    known := coalesce(known, 0);
    IF known > 0 THEN
        stream_tenant := owner;
    END IF;
    lost := CASE stream_expected
        WHEN -2 THEN false
        WHEN -1 THEN known = 0
        ELSE known <> stream_expected END;

    -- The append lock: always the last one, held until COMMIT, so that positions appear in order.
    PERFORM pg_advisory_xact_lock(4922173091850132);

    -- Under the lock no other transaction can be about to accept the same command.
    seen := EXISTS (SELECT FROM command c WHERE c.id = command_id);
    IF seen OR lost THEN
        RETURN;
    END IF;

    SELECT e.position, greatest(e.recorded_at, clock_timestamp()) INTO head, clock
    FROM event e ORDER BY e.position DESC LIMIT 1;
    IF NOT FOUND THEN
        head := 0;
        clock := clock_timestamp();
    END IF;

    INSERT INTO event
    VALUES (head + 1, stream_id, known + 1, event_id, event_type, event_schema, event_data::jsonb,
            command_metadata::jsonb, stream_tenant, stream_slice, clock,
            coalesce(command_effective, clock));
    UPDATE stream s
    SET version = known + 1,
        tenant = stream_tenant,
        created_at = CASE s.version WHEN 0 THEN clock ELSE s.created_at END,
        updated_at = clock
    WHERE s.id = stream_id;
    INSERT INTO command VALUES (command_id, head, ARRAY[known], command_changes, clock);
END $$;

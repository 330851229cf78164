-- The only way into the log, and the only statement of its transaction. A call carries many commands
-- and appends all of them, unless some were accepted before or have lost a race: then it appends
-- nothing and names those, and the caller calls again with the others. No stream and no command id may
-- stand in two commands of one call.
CREATE FUNCTION append_events(
    command_ids       uuid[],
    command_metadata  text[],
    command_effective timestamptz[],
    command_changes   text[],
    command_offsets   int[],      -- number of events of the commands before it
    -- the streams of all commands, each command's in the order in which its changes name them first
    stream_ids        text[],
    stream_commands   int[],
    stream_expected   bigint[],   -- n >= 0 exactly n events, -1 at least one, -2 any number
    stream_tenants    text[],
    stream_slices     int[],
    -- the events of all commands, in order
    event_streams     int[],
    event_ids         uuid[],
    event_types       text[],
    event_schemas     int[],
    event_data        text[],
    OUT head          bigint,     -- position of the last event before these
    OUT versions      bigint[],   -- of each stream before these
    OUT seen          int[],      -- commands that were accepted before
    OUT lost          int[]       -- commands that have lost
)
LANGUAGE plpgsql VOLATILE
-- Each row is found by its key. Planned once, since planning takes longer than carrying it out, and
-- not by statistics, since a plan made while the tables were small would stay.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    tenants text[];
    clock   timestamptz;
BEGIN
    -- Every statement below must see what was committed before it, above all after taking a lock.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append_events needs READ COMMITTED, found %',
            upper(current_setting('transaction_isolation'))
            USING ERRCODE = 'invalid_transaction_state';
    END IF;

    -- Lock the streams in the order of their ids. Only those that may be new need a row first.
    IF 0 = ANY (stream_expected) OR -2 = ANY (stream_expected) THEN
        INSERT INTO stream (id, type, tenant, slice, created_at, updated_at)
        SELECT stream_ids[s], split_part(stream_ids[s], '/', 1), stream_tenants[s], stream_slices[s],
               now(), now()
        FROM generate_subscripts(stream_ids, 1) s
        WHERE stream_expected[s] IN (0, -2)
        ORDER BY stream_ids[s]
        ON CONFLICT DO NOTHING;
    END IF;
    WITH locked AS MATERIALIZED (
        SELECT id, version, tenant FROM stream WHERE id = ANY (stream_ids) ORDER BY id FOR UPDATE
    )
    SELECT array_agg(coalesce(version, 0) ORDER BY s),
           array_agg(CASE WHEN version > 0 THEN tenant ELSE stream_tenants[s] END ORDER BY s),
           array_agg(stream_commands[s]) FILTER (WHERE CASE stream_expected[s]
               WHEN -2 THEN false
               WHEN -1 THEN coalesce(version, 0) = 0
               ELSE coalesce(version, 0) <> stream_expected[s] END)
    INTO versions, tenants, lost
    FROM generate_subscripts(stream_ids, 1) s LEFT JOIN locked ON id = stream_ids[s];

    -- The append lock: always the last one, held until COMMIT, so that positions appear in order.
    PERFORM pg_advisory_xact_lock(4922173091850132);

    -- Under the lock no other transaction can be about to accept the same command.
    SELECT array_agg(array_position(command_ids, id)) INTO seen
    FROM command WHERE id = ANY (command_ids);
    IF seen IS NOT NULL OR lost IS NOT NULL THEN
        RETURN;
    END IF;

    SELECT position, greatest(recorded_at, clock_timestamp()) INTO head, clock
    FROM event ORDER BY position DESC LIMIT 1;
    IF NOT FOUND THEN
        head := 0;
        clock := clock_timestamp();
    END IF;

    INSERT INTO event
    SELECT head + e,
           stream_ids[s],
           versions[s] + row_number() OVER (PARTITION BY s ORDER BY e),
           event_ids[e],
           event_types[e],
           event_schemas[e],
           event_data[e]::jsonb,
           command_metadata[stream_commands[s]]::jsonb,
           tenants[s],
           stream_slices[s],
           clock,
           coalesce(command_effective[stream_commands[s]], clock)
    FROM unnest(event_streams) WITH ORDINALITY AS events (s, e);

    UPDATE stream
    SET version = version + added.events,
        tenant = tenants[s],
        created_at = CASE version WHEN 0 THEN clock ELSE created_at END,
        updated_at = clock
    FROM (SELECT s, count(*) AS events FROM unnest(event_streams) s GROUP BY s) added
    WHERE id = stream_ids[s];

    INSERT INTO command
    SELECT command_ids[c],
           head + command_offsets[c],
           array_agg(versions[s] ORDER BY s),
           command_changes[c],
           clock
    FROM unnest(stream_commands) WITH ORDINALITY AS streams (c, s)
    GROUP BY c;
END $$;

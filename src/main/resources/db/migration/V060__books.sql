-- The books take the place of the table of usage; they are filled from the log like every view.
DO $$
DECLARE
    build record;
    shown text;
BEGIN
    FOR build IN SELECT * FROM projection_build WHERE projection = 'usage-table' LOOP
        IF build.state = 'serving' THEN
            FOREACH shown IN ARRAY build.tables LOOP
                EXECUTE 'DROP VIEW IF EXISTS public.' || shown;
            END LOOP;
        END IF;
        EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', 'usage_table_' || build.build);
    END LOOP;
    DELETE FROM projection_build WHERE projection = 'usage-table';
    DELETE FROM checkpoint WHERE subscriber LIKE 'usage-table%';
    DELETE FROM parked_stream WHERE subscriber LIKE 'usage-table%';
END $$;

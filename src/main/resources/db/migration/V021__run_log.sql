-- What steps printed. No projection: output is no event.

CREATE TABLE run_log (
  machine text NOT NULL,
  run int NOT NULL,
  -- number of its last chunk
  seq bigint NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (machine, run)
) WITH (fillfactor = 70);

CREATE TABLE run_log_attempt (
  machine text NOT NULL,
  run int NOT NULL,
  step int NOT NULL,
  attempt int NOT NULL,
  -- characters that it printed as far as is known, kept or not
  printed bigint NOT NULL,
  PRIMARY KEY (machine, run, step, attempt),
  CONSTRAINT what_an_attempt_printed_goes_with_its_run
    FOREIGN KEY (machine, run) REFERENCES run_log ON DELETE CASCADE
) WITH (fillfactor = 70);

CREATE TABLE run_log_chunk (
  machine text NOT NULL,
  run int NOT NULL,
  seq bigint NOT NULL,
  step int NOT NULL,
  attempt int NOT NULL,
  at timestamptz NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (machine, run, seq),
  CONSTRAINT a_chunk_goes_with_its_run
    FOREIGN KEY (machine, run) REFERENCES run_log ON DELETE CASCADE
);

-- Keeps what of a chunk is new, as far as there is room, and says how much room is left. A runner that
-- comes back to an attempt reads its output from the start again: what was kept before is left out.
-- The run's row is locked first and until the commit, so chunks appear in the order of their numbers.
CREATE FUNCTION append_run_log(
  of_machine text, of_run int, of_step int, of_attempt int, written_at timestamptz,
  chunk text, starts_at bigint, most bigint, note text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  place bigint;
  known bigint;
  fresh text;
BEGIN
  -- Worth less than waiting for the disk: the target keeps the output, too.
  PERFORM set_config('synchronous_commit', 'off', true);

  INSERT INTO run_log AS l VALUES (of_machine, of_run, 1, written_at)
  ON CONFLICT (machine, run) DO UPDATE SET seq = l.seq + 1, updated_at = excluded.updated_at
  RETURNING seq INTO place;

  SELECT printed INTO known FROM run_log_attempt
  WHERE machine = of_machine AND run = of_run AND step = of_step AND attempt = of_attempt;
  known := coalesce(known, 0);
  fresh := substr(chunk, greatest(known - starts_at, 0)::int + 1);
  IF fresh = '' THEN
    RETURN most - known;
  END IF;

  INSERT INTO run_log_attempt
  VALUES (of_machine, of_run, of_step, of_attempt, starts_at + length(chunk))
  ON CONFLICT (machine, run, step, attempt) DO UPDATE SET printed = excluded.printed;

  IF known <= most THEN
    IF known + length(fresh) > most THEN
      fresh := left(fresh, (most - known)::int) || note;
    END IF;
    INSERT INTO run_log_chunk
    VALUES (of_machine, of_run, place, of_step, of_attempt, written_at, fresh);
  END IF;
  RETURN most - (starts_at + length(chunk));
END $$;

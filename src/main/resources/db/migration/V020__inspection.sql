-- When each host was last looked at, written by the scheduler. No projection: a look that finds
-- nothing new is no event, and a rebuild must not forget it.
CREATE TABLE inspection (
  host text PRIMARY KEY,
  attempted_at timestamptz NOT NULL,
  failure jsonb
) WITH (fillfactor = 70);

-- What is sent on of usage. A slice is never changed; what comes to light later is a further one that says
-- the difference. Its number is its place in the order of sending: transactions that add some wait for each
-- other at the row of usage_feed, so numbers become visible in their order.
CREATE TABLE usage_slice (
    seq        bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id         uuid        NOT NULL CONSTRAINT a_slice_has_an_id_of_its_own UNIQUE,
    resource   text        NOT NULL,
    meter      text        NOT NULL,
    tenant     text        NOT NULL,
    product    text        NOT NULL,
    deployment text        NOT NULL,
    phase      text        NOT NULL,
    labels     jsonb       NOT NULL,
    from_at    timestamptz NOT NULL,
    to_at      timestamptz NOT NULL,
    revision   int         NOT NULL,
    quantity   numeric     NOT NULL,
    events     uuid[]      NOT NULL,
    made_at    timestamptz NOT NULL,
    CONSTRAINT a_slice_ends_after_it_begins CHECK (to_at > from_at),
    CONSTRAINT a_slice_says_something CHECK (quantity <> 0),
    CONSTRAINT a_revision_exists_once UNIQUE (resource, from_at, to_at, revision)
);

-- How far the view of usage has become slices, in one row: what lasts, and what is counted.
CREATE TABLE usage_feed (
    only_one boolean     PRIMARY KEY DEFAULT true CONSTRAINT there_is_one_feed CHECK (only_one),
    position bigint      NOT NULL,
    counted  bigint      NOT NULL DEFAULT 0,
    -- the latest time up to which it has looked, so that a slow clock takes nothing back
    looked_at timestamptz NOT NULL
);
INSERT INTO usage_feed (position, looked_at) VALUES (0, '-infinity');

-- How far each resource has.
CREATE TABLE usage_fed (
    resource   text        PRIMARY KEY,
    fed_to     timestamptz NOT NULL,
    -- of the segment that was open at the last look: where it begins, and how many facts began it
    open_from  timestamptz,
    open_facts int         NOT NULL,
    -- when there is something to do without a change, absent for never
    due_at     timestamptz
);
CREATE INDEX what_is_due_first ON usage_fed (due_at) WHERE due_at IS NOT NULL;

-- Resources whose events the view could not handle. When it can, it writes rows of positions that the feed
-- has passed already, so they are looked at from their beginning then.
CREATE TABLE usage_parked (
    resource text PRIMARY KEY
);

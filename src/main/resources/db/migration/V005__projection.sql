-- The builds of read tables. Each has a schema of its own; views in the public schema show the tables of
-- the one that serves.
CREATE TABLE projection_build (
    projection  text        NOT NULL,
    build       int         NOT NULL,
    version     int         NOT NULL,
    state       text        NOT NULL,
    tables      text[]      NOT NULL,
    created_at  timestamptz NOT NULL,
    switched_at timestamptz,
    CONSTRAINT a_build_has_a_number_of_its_own PRIMARY KEY (projection, build),
    CONSTRAINT a_build_fills_then_serves_then_rests CHECK (state IN ('filling', 'serving', 'retired'))
);
CREATE UNIQUE INDEX one_build_of_a_projection_serves
    ON projection_build (projection) WHERE state = 'serving';

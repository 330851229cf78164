-- Who does what among replicas. Only the primary key is indexed and pages are kept half empty, so that
-- renewals, the one frequent update, stay within their page and leave the index alone.

-- One sequence for all leases: of any two, the later one has the greater epoch.
CREATE SEQUENCE lease_epoch;

CREATE TABLE lease (
    name       text        PRIMARY KEY,
    owner      text        NOT NULL,
    epoch      bigint      NOT NULL,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);

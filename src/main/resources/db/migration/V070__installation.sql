-- Who this daemon is to the clusters in which it makes machines: what carries another id there is
-- somebody else's. Drawn once, and the same for all replicas on this database.
CREATE TABLE installation (
  only_one boolean PRIMARY KEY DEFAULT true
    CONSTRAINT there_is_one_installation CHECK (only_one),
  id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO installation DEFAULT VALUES;

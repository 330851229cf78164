package io.quartermaster.view.usage;

import java.util.List;

/** The tables of facts, their fold, and counts. */
final class UsageTables {
    static final List<String> STATEMENTS =
            List.of(
                    """
                CREATE TABLE usage_fact (
                  resource text NOT NULL,
                  at timestamptz NOT NULL,
                  version bigint NOT NULL,
                  event_id uuid NOT NULL,
                  change jsonb NOT NULL,
                  CONSTRAINT a_fact_counts_once PRIMARY KEY (resource, at, version)
                )""",
                    """
                CREATE TABLE usage_segment (
                  resource text NOT NULL,
                  from_at timestamptz NOT NULL,
                  to_at timestamptz,
                  tenant text NOT NULL,
                  present boolean NOT NULL,
                  status jsonb NOT NULL,
                  events uuid[] NOT NULL,
                  position bigint NOT NULL,
                  CONSTRAINT a_segment_begins_once PRIMARY KEY (resource, from_at),
                  CONSTRAINT a_segment_ends_after_it_begins CHECK (to_at > from_at)
                )""",
                    """
                CREATE INDEX usage_of_a_tenant ON usage_segment (
                  tenant, coalesce(to_at, timestamptz 'infinity')) WHERE present""",
                    """
                CREATE INDEX usage_that_goes_on ON usage_segment (resource)
                WHERE present AND to_at IS NULL""",
                    "CREATE INDEX what_changed_since ON usage_segment (position)",
                    """
                CREATE TABLE usage_count (
                  event_id uuid CONSTRAINT a_count_counts_once PRIMARY KEY,
                  report text NOT NULL,
                  tenant text NOT NULL,
                  meter text NOT NULL,
                  product text NOT NULL,
                  resource text NOT NULL,
                  deployment text NOT NULL,
                  labels jsonb NOT NULL,
                  at timestamptz NOT NULL,
                  count bigint NOT NULL,
                  position bigint NOT NULL,
                  CONSTRAINT a_count_is_positive CHECK (count > 0)
                )""",
                    "CREATE INDEX counts_of_a_tenant ON usage_count (tenant, at)",
                    "CREATE INDEX what_was_counted_since ON usage_count (position)");

    private UsageTables() {}
}

package io.quartermaster.view.ledger;

import java.util.List;

/** The tables of prices, accounts and the ledger. */
final class LedgerTables {
    static final List<String> STATEMENTS =
            List.of(
                    """
                    CREATE TABLE price (
                      book text NOT NULL,
                      version bigint NOT NULL,
                      price jsonb NOT NULL,
                      CONSTRAINT a_price_has_a_number_of_its_own PRIMARY KEY (book, version)
                    )""",
                    """
                    CREATE TABLE class_minimum (
                      class text NOT NULL,
                      position bigint NOT NULL,
                      at timestamptz NOT NULL,
                      seconds bigint NOT NULL,
                      PRIMARY KEY (class, position)
                    )""",
                    """
                    CREATE TABLE account (
                      tenant text PRIMARY KEY,
                      terms jsonb NOT NULL,
                      opened_at timestamptz NOT NULL,
                      closed_to timestamptz,
                      changed_from timestamptz
                    )""",
                    """
                    CREATE TABLE period (
                      tenant text NOT NULL,
                      from_at timestamptz NOT NULL,
                      to_at timestamptz NOT NULL,
                      rounding text NOT NULL,
                      invoice text NOT NULL,
                      CONSTRAINT a_period_is_closed_once PRIMARY KEY (tenant, from_at)
                    )""",
                    """
                    CREATE TABLE credit (
                      tenant text NOT NULL,
                      id text NOT NULL,
                      amount numeric NOT NULL,
                      remaining numeric NOT NULL,
                      position bigint NOT NULL,
                      CONSTRAINT a_credit_is_granted_once PRIMARY KEY (tenant, id)
                    )""",
                    """
                    CREATE TABLE invoice (
                      id text PRIMARY KEY,
                      tenant text NOT NULL,
                      issuer text NOT NULL,
                      number bigint,
                      from_at timestamptz NOT NULL,
                      to_at timestamptz NOT NULL,
                      currency text NOT NULL,
                      net numeric NOT NULL,
                      tax numeric NOT NULL,
                      total numeric NOT NULL,
                      lines int NOT NULL,
                      unpriced int NOT NULL,
                      digest text NOT NULL,
                      sealed text,
                      closed_at timestamptz NOT NULL,
                      issued_at timestamptz,
                      position bigint NOT NULL,
                      takes_back text,
                      voided_by text,
                      rebilled boolean NOT NULL,
                      CONSTRAINT a_number_is_given_once UNIQUE (issuer, number)
                    )""",
                    "CREATE INDEX invoices_in_order ON invoice (position)",
                    "CREATE INDEX invoices_of_a_tenant ON invoice (tenant, position)",
                    """
                    CREATE INDEX invoices_without_a_number ON invoice (position)
                    WHERE number IS NULL AND lines > 0""",
                    """
                    CREATE TABLE ledger_line (
                      id uuid PRIMARY KEY,
                      invoice text NOT NULL,
                      ordinal int NOT NULL,
                      tenant text NOT NULL,
                      kind text NOT NULL,
                      resource text NOT NULL,
                      meter text NOT NULL,
                      product text NOT NULL,
                      deployment text NOT NULL,
                      labels jsonb NOT NULL,
                      from_at timestamptz NOT NULL,
                      to_at timestamptz NOT NULL,
                      units numeric NOT NULL,
                      unit text NOT NULL,
                      exact numeric,
                      amount numeric,
                      currency text,
                      book text,
                      version int NOT NULL,
                      corrects uuid,
                      events uuid[] NOT NULL,
                      steps text[] NOT NULL,
                      CONSTRAINT a_line_has_a_place_on_its_invoice UNIQUE (invoice, ordinal)
                    )""",
                    "CREATE INDEX lines_of_a_tenant ON ledger_line (tenant, from_at)",
                    """
                    CREATE FUNCTION refuse_to_change_the_ledger() RETURNS trigger
                    LANGUAGE plpgsql AS $$
                    BEGIN
                      RAISE EXCEPTION 'lines of the ledger are only ever added';
                    END $$""",
                    """
                    CREATE TRIGGER lines_are_only_added BEFORE UPDATE OR DELETE OR TRUNCATE
                    ON ledger_line EXECUTE FUNCTION refuse_to_change_the_ledger()""");

    private LedgerTables() {}
}

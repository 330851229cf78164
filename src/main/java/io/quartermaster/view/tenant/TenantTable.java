package io.quartermaster.view.tenant;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.view.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tenants as they are: each with what restricts it, what its things take, and its account's terms.
 * A tenant of which nothing is known but what its things take has a row without a specification.
 */
public final class TenantTable implements Projection {
    private static final String SEEN =
            """
            INSERT INTO tenant (name, tenant, version, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
              version = excluded.version, updated_at = excluded.updated_at""";
    private static final String DEFINE =
            "UPDATE tenant SET spec = ?::jsonb, labels = ?::jsonb WHERE name = ?";
    private static final String RESTRICT =
            """
            UPDATE tenant SET restrictions = restrictions || jsonb_build_object(?::text, ?::jsonb)
            WHERE name = ?""";
    private static final String LIFT =
            "UPDATE tenant SET restrictions = restrictions - ?::text WHERE name = ?";
    private static final String CLOSE = "UPDATE tenant SET closed_at = ? WHERE name = ?";
    private static final String HOLD =
            """
            INSERT INTO tenant_holding (tenant, quota, holder, amount) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant, quota, holder) DO UPDATE SET amount = excluded.amount""";
    private static final String GIVE_BACK =
            "DELETE FROM tenant_holding WHERE tenant = ? AND quota = ? AND holder = ?";
    private static final String TERMS =
            """
            INSERT INTO tenant_terms (tenant, terms) VALUES (?, ?::jsonb)
            ON CONFLICT (tenant) DO UPDATE SET terms = excluded.terms""";

    private final Json json;

    public TenantTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "tenant-table";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(Tenant.Event.class, AccountEvent.class);
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        switch (envelope.event()) {
            case Tenant.Event event -> apply(event, envelope, tx);
            case AccountEvent.Defined defined ->
                    tx.update(TERMS, envelope.stream().key(), json.write(defined.terms()));
            default -> {}
        }
    }

    private void apply(Tenant.Event event, Envelope<?> envelope, SqlTx tx) throws SQLException {
        var name = envelope.stream().key();
        var at = envelope.recordedAt();
        tx.update(SEEN, name, name, envelope.version(), at, at);
        switch (event) {
            case Tenant.Event.Defined(var spec) ->
                    tx.update(DEFINE, json.write(spec), json.write(spec.labels()), name);
            case Tenant.Event.Suspended(var cause, var level, var reason) -> {
                var restriction =
                        Map.of("level", level.name(), "reason", reason, "since", at.toString());
                tx.update(RESTRICT, cause.name(), json.write(restriction), name);
            }
            case Tenant.Event.Resumed resumed -> tx.update(LIFT, resumed.cause().name(), name);
            case Tenant.Event.Closed ignored -> tx.update(CLOSE, envelope.effectiveAt(), name);
            case Tenant.Event.Held(var quota, var holder, var amount) -> {
                if (amount == 0) tx.update(GIVE_BACK, name, quota.name(), holder);
                else tx.update(HOLD, name, quota.name(), holder, amount);
            }
        }
    }

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE tenant (
                  name text PRIMARY KEY,
                  tenant text NOT NULL,
                  spec jsonb,
                  labels jsonb NOT NULL DEFAULT '{}',
                  restrictions jsonb NOT NULL DEFAULT '{}',
                  closed_at timestamptz,
                  standing text GENERATED ALWAYS AS (CASE
                    WHEN closed_at IS NOT NULL THEN 'closed'
                    WHEN jsonb_path_exists(restrictions, '$.*.level ? (@ == "NOTHING_MORE")')
                      THEN 'nothing-more'
                    WHEN restrictions <> '{}' THEN 'no-machines'
                    ELSE 'active' END) STORED,
                  version bigint NOT NULL,
                  created_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL
                )""",
                """
                CREATE TABLE tenant_holding (
                  tenant text NOT NULL,
                  quota text NOT NULL,
                  holder text NOT NULL,
                  amount bigint NOT NULL,
                  PRIMARY KEY (tenant, quota, holder)
                )""",
                """
                CREATE TABLE tenant_terms (
                  tenant text PRIMARY KEY,
                  terms jsonb NOT NULL
                )""");
    }
}

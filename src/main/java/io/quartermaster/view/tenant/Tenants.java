package io.quartermaster.view.tenant;

import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.Optional;
import java.util.Set;

/** Questions about tenants that somebody defined. */
public final class Tenants {

    /** What a list may be narrowed to. */
    public static final Set<String> STANDINGS =
            Set.of("active", "no-machines", "nothing-more", "closed");

    private static final String SELECT =
            """
            SELECT t.*, a.terms, h.machines, h.storage
            FROM (SELECT * FROM tenant%s ORDER BY name LIMIT ?) t
            JOIN tenant_terms a ON a.tenant = t.name
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(amount) FILTER (WHERE quota = 'MACHINES'), 0) AS machines,
                least(coalesce(sum(amount) FILTER (WHERE quota = 'STORAGE'), 0),
                  9223372036854775807) AS storage
              FROM tenant_holding WHERE tenant_holding.tenant = t.name) h
            ORDER BY t.name""";

    private final Database database;

    public Tenants(Database database) {
        this.database = database;
    }

    /** One tenant, closed ones too, or empty when nobody defined one of that name. */
    public Optional<TenantRow> get(String name) {
        var filter = new Filter().and("spec IS NOT NULL").and("name = ?", name);
        return database.one(SELECT.formatted(filter.where()), TenantRow::read, filter.values(1));
    }

    /** Tenants by name; those that are closed only when they are asked for. */
    public Page<TenantRow> list(Listing listing) {
        var filter = new Filter().and(listing, "name", "labels").and("spec IS NOT NULL");
        if (listing.state() == null) filter.and("standing <> 'closed'");
        else filter.and("standing = ?", listing.state());
        var sql = SELECT.formatted(filter.where());
        var rows = database.list(sql, TenantRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, TenantRow::name);
    }
}

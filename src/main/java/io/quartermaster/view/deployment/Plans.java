package io.quartermaster.view.deployment;

import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.Optional;

/** Questions about plans. */
public final class Plans {
    private static final String SELECT =
            """
            SELECT p.name, p.tenant, r.revision, p.revision AS newest, r.spec, p.users, p.version,
              p.created_at, p.updated_at, r.created_at AS revised_at
            FROM plan p JOIN plan_revision r ON r.plan = p.name""";
    private static final String NEWEST = "NOT p.deleted AND r.revision = p.revision";

    private final Database database;

    public Plans(Database database) {
        this.database = database;
    }

    /** The plan at its newest revision, or empty when there is none of that name. */
    public Optional<PlanRow> get(String name) {
        return database.one(SELECT + " WHERE p.name = ? AND " + NEWEST, PlanRow::read, name);
    }

    /** The plan at a revision, also of a deleted plan: machines keep theirs. */
    public Optional<PlanRow> get(String name, int revision) {
        return database.one(
                SELECT + " WHERE p.name = ? AND r.revision = ?", PlanRow::read, name, revision);
    }

    /**
     * Plans at their newest revisions, by name.
     *
     * @param listing its state does not count: plans have none
     */
    public Page<PlanRow> list(Listing listing) {
        var filter = new Filter().and(NEWEST).and(listing, "p.name", "p.labels");
        var sql = SELECT + filter.where() + " ORDER BY p.name LIMIT ?";
        var rows = database.list(sql, PlanRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, PlanRow::name);
    }

    /** The revisions of a plan, newest first. */
    public Page<PlanRow> revisions(String name, Listing listing) {
        var filter = new Filter().and("p.name = ?", name);
        if (listing.cursor() != null) filter.and("r.revision < ?", listing.afterNumber());
        var sql = SELECT + filter.where() + " ORDER BY r.revision DESC LIMIT ?";
        var rows = database.list(sql, PlanRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, plan -> String.valueOf(plan.revision()));
    }
}

package io.quartermaster.view.deployment;

import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import java.util.Optional;

/** Questions about deployments. Their machines are counted when asked, so no count can drift. */
public final class Deployments {
    private static final String SELECT =
            """
            SELECT * FROM (
              SELECT d.name, d.tenant, d.replicas AS wanted, d.template, d.labels, d.revision,
                d.generation, d.deleting, d.version, d.created_at, d.updated_at, m.*,
                greatest(d.updated_at, m.moved_at) AS changed_at,
                t.id AS troubled, t.class AS troubled_class, t.failure, t.retry_at, t.waiting,
                t.waiting_until,
                (SELECT i.failure FROM inspection i WHERE i.host = t.id) AS host_trouble,
                CASE
                  WHEN d.deleting THEN 'deleting'
                  WHEN m.stuck > 0 THEN 'failed'
                  WHEN m.ready = d.replicas AND m.replicas = d.replicas
                    AND m.up_to_date = d.replicas AND m.leaving = 0 THEN 'complete'
                  ELSE 'progressing'
                END AS state
              FROM deployment d CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE stays) AS replicas,
                  count(*) FILTER (WHERE stays AND phase = 'ready') AS ready,
                  count(*) FILTER (WHERE stays AND current) AS up_to_date,
                  count(*) FILTER (WHERE stays AND phase = 'failed') AS failed,
                  count(*) FILTER (WHERE phase = 'failed' AND retry_at IS NULL) AS stuck,
                  count(*) FILTER (WHERE NOT stays) AS leaving,
                  max(phase_since) AS moved_at,
                  min(phase_since) FILTER (WHERE stays) AS still_since,
                  min(urgency || id) AS most_urgent
                FROM (
                  SELECT id, phase, phase_since, retry_at, release_reason IS NULL AS stays,
                    CASE
                      WHEN phase = 'failed' AND retry_at IS NULL THEN 1
                      WHEN phase = 'failed' THEN 2
                      WHEN waiting IS NOT NULL THEN 3
                      WHEN phase = 'requested' THEN 4
                    END AS urgency,
                    (plan = d.template ->> 'plan' AND revision = d.revision
                      AND class = d.template ->> 'machineClass'
                      AND parameters = d.template -> 'parameters'
                      AND labels = d.template -> 'labels') AS current
                  FROM machine WHERE deployment = d.name AND phase <> 'released') each) m
              LEFT JOIN machine t ON t.id = substr(m.most_urgent, 2)) all_of""";

    private final Database database;

    public Deployments(Database database) {
        this.database = database;
    }

    /** One deployment, or empty when there is none of that name. */
    public Optional<DeploymentRow> get(String name) {
        return database.one(SELECT + " WHERE name = ?", DeploymentRow::read, name);
    }

    /** Deployments by name. */
    public Page<DeploymentRow> list(Listing listing) {
        var filter = new Filter().and(listing, "name", "labels");
        if (listing.state() != null) filter.and("state = ?", listing.state());
        var sql = SELECT + filter.where() + " ORDER BY name LIMIT ?";
        var rows = database.list(sql, DeploymentRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, DeploymentRow::name);
    }
}

package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Status;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A segment of a resource's life, as it is stored. */
record SegmentRow(String resource, Segment segment) {

    static SegmentRow read(ResultSet row, Json json) throws SQLException {
        boolean isOpen = row.getObject("to_at") == null;
        return new SegmentRow(
                row.getString("resource"),
                new Segment(
                        Database.instant(row, row.findColumn("from_at")),
                        isOpen ? null : Database.instant(row, row.findColumn("to_at")),
                        json.read(row.getString("status"), Status.class),
                        List.of((UUID[]) row.getArray("events").getArray())));
    }
}

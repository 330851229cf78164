package io.quartermaster.operator;

import io.quartermaster.view.Condition;
import java.util.List;
import java.util.Map;

/**
 * What a view shows of a thing.
 *
 * @param fields of the status, besides conditions and generation; what is absent is left out
 * @param conditions with times as well as the view knows them
 */
record Seen(Map<String, Object> fields, List<Condition> conditions) {

    /** A thing that no view shows. */
    static final Seen NOTHING = new Seen(Map.of(), List.of());
}

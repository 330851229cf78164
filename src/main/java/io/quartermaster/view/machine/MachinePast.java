package io.quartermaster.view.machine;

import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.view.Json;
import io.quartermaster.view.history.Difference;
import io.quartermaster.view.history.Moment;
import io.quartermaster.view.history.Past;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Machines as they were. */
public final class MachinePast {
    /** They differ between any two moments and say nothing else. */
    private static final Set<String> ALWAYS_DIFFERENT = Set.of("/version", "/updatedAt");

    private final Past past;
    private final Json json;

    public MachinePast(Past past, Json json) {
        this.past = past;
        this.json = json;
    }

    /** The machine as it was, or empty when it was not yet. */
    public Optional<MachineRow> at(String id, Moment moment) {
        return past.ask(
                        new StreamId(MachineDecider.STREAM, id),
                        moment,
                        new MachineTable(json),
                        database -> new Machines(database).get(id))
                .map(MachineRow::asOfThen);
    }

    /** What differs between two moments; everything, when it was not yet at one of them. */
    public List<Difference> differences(String id, Moment from, Moment to) {
        return Difference.between(tree(at(id, from)), tree(at(id, to))).stream()
                .filter(difference -> !ALWAYS_DIFFERENT.contains(difference.pointer()))
                .toList();
    }

    private Map<String, Object> tree(Optional<MachineRow> machine) {
        return machine.map(row -> json.tree(json.write(row))).orElse(Map.of());
    }
}

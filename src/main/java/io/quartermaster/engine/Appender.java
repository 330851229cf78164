package io.quartermaster.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Appends batches by calls of the SQL function, again until each command has an outcome. */
final class Appender {
    private static final int ATTEMPTS = 4;
    private final Database database;
    private final Meters meters;

    Appender(Database database, Meters meters) {
        this.database = database;
        this.meters = meters;
    }

    /**
     * @param commands of which no two share a stream or an id
     */
    List<Outcome> append(List<Prepared> commands) {
        var outcomes = new IdentityHashMap<Prepared, Outcome>();
        var left = commands;
        while (!left.isEmpty()) left = round(left, outcomes);
        return commands.stream().map(outcomes::get).toList();
    }

    /** One call. Gives those that were not appended only because others were refused. */
    private List<Prepared> round(List<Prepared> commands, Map<Prepared, Outcome> outcomes) {
        var call = new AppendCall(commands);
        var answer = patiently(call);
        var again = new ArrayList<Prepared>();
        for (int i = 0; i < commands.size(); i++) {
            var command = commands.get(i);
            if (answer.seen().contains(i + 1)) {
                var id = command.command().metadata().commandId();
                outcomes.put(command, new Outcome.Appended(answerTo(id).orElseThrow()));
            } else if (answer.lost().contains(i + 1)) {
                outcomes.put(command, new Outcome.Lost(call.conflict(answer, i)));
                meters.conflicted();
            } else if (answer.refusedNone()) {
                var receipts = call.accepted(answer, i).receipts(false);
                outcomes.put(command, new Outcome.Appended(receipts));
            } else {
                again.add(command);
            }
        }
        return again;
    }

    /**
     * Calls again when the connection broke, though the commit may have succeeded: the command ids
     * make sure that nothing is appended twice.
     */
    private AppendCall.Answer patiently(AppendCall call) {
        for (int attempt = 1; ; attempt++) {
            try {
                long start = System.nanoTime();
                var answer = database.call(call::on);
                if (answer.refusedNone()) {
                    var took = Duration.ofNanos(System.nanoTime() - start);
                    meters.appended(call.commandCount(), call.eventCount(), took);
                }
                return answer;
            } catch (StorageFailure failure) {
                boolean worthwhile = failure.isOutcomeUnknown() || failure.isLostRace();
                if (!worthwhile || attempt == ATTEMPTS) throw failure;
            }
        }
    }

    /** The stored answer to a command id. */
    Optional<List<Receipt>> answerTo(UUID commandId) {
        return database
                .query(
                        "SELECT after, versions, changes FROM command WHERE id = ?",
                        row ->
                                new Accepted(
                                        row.getLong(1),
                                        List.of((Long[]) row.getArray(2).getArray()),
                                        Accepted.parse(row.getString(3))),
                        commandId)
                .stream()
                .findFirst()
                .map(accepted -> accepted.receipts(true));
    }
}

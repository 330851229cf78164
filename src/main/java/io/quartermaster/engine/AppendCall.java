package io.quartermaster.engine;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of the SQL function that appends: commands as arrays, and its answer. A single event has
 * a function of its own, which takes no arrays.
 */
final class AppendCall {
    private static final String SQL =
            "SELECT head, versions, seen, lost"
                    + " FROM append_events(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SINGLE =
            "SELECT head, known, seen, lost"
                    + " FROM append_event(?, ?, ?::timestamptz, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final List<Prepared> commands;
    private final int streamCount;
    private final int eventCount;

    AppendCall(List<Prepared> commands) {
        this.commands = commands;
        streamCount = commands.stream().mapToInt(each -> each.streams().size()).sum();
        eventCount = commands.stream().mapToInt(each -> each.events().size()).sum();
    }

    /**
     * What the function answered. If some commands were refused, nothing was appended.
     *
     * @param head position of the last event before the appended ones
     * @param versions of the streams before, in the order of the call
     * @param seen places of the commands that were accepted before, from 1
     * @param lost places of the commands that have lost, from 1
     */
    record Answer(long head, List<Long> versions, Set<Integer> seen, Set<Integer> lost) {

        boolean refusedNone() {
            return seen.isEmpty() && lost.isEmpty();
        }
    }

    Answer on(Connection connection) throws SQLException {
        if (commands.size() == 1 && streamCount == 1 && eventCount == 1) return single(connection);
        try (var call = connection.prepareStatement(SQL)) {
            bindCommands(connection, call);
            bindStreams(connection, call);
            bindEvents(connection, call);
            try (var row = call.executeQuery()) {
                row.next();
                return new Answer(
                        row.getLong(1),
                        List.of((Long[]) row.getArray(2).getArray()),
                        places(row, 3),
                        places(row, 4));
            }
        }
    }

    private Answer single(Connection connection) throws SQLException {
        var each = commands.getFirst();
        var command = each.command();
        var change = each.streams().getFirst();
        var event = each.events().getFirst();
        try (var call = connection.prepareStatement(SINGLE)) {
            Database.bind(
                    call,
                    command.metadata().commandId(),
                    each.metadata(),
                    command.effectiveAt(),
                    Accepted.format(Accepted.parts(command)),
                    change.stream(),
                    code(change.expected()),
                    change.tenant(),
                    Slices.of(change.stream()),
                    eventId(command, 0),
                    event.name(),
                    event.version(),
                    event.json());
            try (var row = call.executeQuery()) {
                row.next();
                return new Answer(
                        row.getLong(1),
                        List.of(row.getLong(2)),
                        row.getBoolean(3) ? Set.of(1) : Set.of(),
                        row.getBoolean(4) ? Set.of(1) : Set.of());
            }
        }
    }

    int commandCount() {
        return commands.size();
    }

    int eventCount() {
        return eventCount;
    }

    private void bindCommands(Connection connection, PreparedStatement call) throws SQLException {
        int count = commands.size();
        var ids = new UUID[count];
        var metadata = new String[count];
        var effective = new @Nullable Object[count];
        var changes = new String[count];
        var offsets = new Integer[count];
        int offset = 0;
        for (int i = 0; i < count; i++) {
            var each = commands.get(i);
            ids[i] = each.command().metadata().commandId();
            metadata[i] = each.metadata();
            effective[i] = each.command().effectiveAt();
            changes[i] = Accepted.format(Accepted.parts(each.command()));
            offsets[i] = offset;
            offset += each.events().size();
        }
        call.setArray(1, connection.createArrayOf("uuid", ids));
        call.setArray(2, connection.createArrayOf("text", metadata));
        call.setArray(3, connection.createArrayOf("timestamptz", effective));
        call.setArray(4, connection.createArrayOf("text", changes));
        call.setArray(5, connection.createArrayOf("int4", offsets));
    }

    private void bindStreams(Connection connection, PreparedStatement call) throws SQLException {
        var ids = new String[streamCount];
        var places = new Integer[streamCount];
        var expected = new Long[streamCount];
        var tenants = new String[streamCount];
        var slices = new Integer[streamCount];
        int s = 0;
        for (int c = 0; c < commands.size(); c++) {
            for (var change : commands.get(c).streams()) {
                ids[s] = change.stream().toString();
                places[s] = c + 1;
                expected[s] = code(change.expected());
                tenants[s] = change.tenant();
                slices[s] = Slices.of(change.stream());
                s++;
            }
        }
        call.setArray(6, connection.createArrayOf("text", ids));
        call.setArray(7, connection.createArrayOf("int4", places));
        call.setArray(8, connection.createArrayOf("int8", expected));
        call.setArray(9, connection.createArrayOf("text", tenants));
        call.setArray(10, connection.createArrayOf("int4", slices));
    }

    private void bindEvents(Connection connection, PreparedStatement call) throws SQLException {
        var streams = new Integer[eventCount];
        var ids = new UUID[eventCount];
        var types = new String[eventCount];
        var schemas = new Integer[eventCount];
        var data = new String[eventCount];
        int e = 0;
        int streamsBefore = 0;
        for (var each : commands) {
            int ordinal = 0;
            for (var change : each.command().changes()) {
                int stream = streamsBefore + each.place(change.stream());
                for (int i = 0; i < change.events().size(); i++) {
                    var stored = each.events().get(ordinal);
                    streams[e] = stream;
                    ids[e] = eventId(each.command(), ordinal++);
                    types[e] = stored.name();
                    schemas[e] = stored.version();
                    data[e++] = stored.json();
                }
            }
            streamsBefore += each.streams().size();
        }
        call.setArray(11, connection.createArrayOf("int4", streams));
        call.setArray(12, connection.createArrayOf("uuid", ids));
        call.setArray(13, connection.createArrayOf("text", types));
        call.setArray(14, connection.createArrayOf("int4", schemas));
        call.setArray(15, connection.createArrayOf("text", data));
    }

    /** The id of a command's event: the same whenever and wherever the command is repeated. */
    static UUID eventId(Decided command, int ordinal) {
        return Ids.derive(command.metadata().commandId(), Integer.toString(ordinal));
    }

    private static long code(Expected expected) {
        return switch (expected) {
            case Expected.Exactly(long version) -> version;
            case Expected.None() -> 0;
            case Expected.Exists() -> -1;
            case Expected.Any() -> -2;
        };
    }

    private static Set<Integer> places(ResultSet row, int column) throws SQLException {
        Array places = row.getArray(column);
        return places == null ? Set.of() : Set.copyOf(List.of((Integer[]) places.getArray()));
    }

    /** What was appended for one command of a call that refused none. */
    Accepted accepted(Answer answer, int index) {
        long after = answer.head();
        int stream = 0;
        for (var earlier : commands.subList(0, index)) {
            after += earlier.events().size();
            stream += earlier.streams().size();
        }
        var command = commands.get(index);
        var versions = answer.versions().subList(stream, stream + command.streams().size());
        return new Accepted(after, versions, Accepted.parts(command.command()));
    }

    /** The lost race of one command, among those that the call named. */
    Conflict conflict(Answer answer, int index) {
        int place = 0;
        for (var earlier : commands.subList(0, index)) place += earlier.streams().size();
        for (var change : commands.get(index).streams()) {
            long actual = answer.versions().get(place++);
            if (!change.expected().holdsFor(actual)) {
                return new Conflict(change.stream(), change.expected(), actual);
            }
        }
        throw new IllegalStateException("the log named a loser that lost nothing");
    }
}

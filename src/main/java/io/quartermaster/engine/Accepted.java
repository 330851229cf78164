package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the log keeps of a command that it accepted, enough to answer it again.
 *
 * @param after position of the last event before its own
 * @param versions of its streams before, each once, in the order in which the parts name them
 */
record Accepted(long after, List<Long> versions, List<Part> parts) {

    /** A change without its events. */
    record Part(StreamId stream, int events) {
        @Override
        public String toString() {
            return events + " " + stream;
        }

        static Part parse(String line) {
            int space = line.indexOf(' ');
            int events = Integer.parseInt(line, 0, space, 10);
            return new Part(StreamId.parse(line.substring(space + 1)), events);
        }
    }

    static List<Part> parts(Decided command) {
        return command.changes().stream()
                .map(c -> new Part(c.stream(), c.events().size()))
                .toList();
    }

    /** The parts as lines of text; a stream's key holds no line breaks. */
    static String format(List<Part> parts) {
        return parts.stream().map(Part::toString).collect(Collectors.joining("\n"));
    }

    static List<Part> parse(String lines) {
        return lines.lines().map(Part::parse).toList();
    }

    List<Receipt> receipts(boolean repeated) {
        var running = new HashMap<StreamId, Long>();
        var receipts = new ArrayList<Receipt>(parts.size());
        long position = after;
        for (var part : parts) {
            var stream = part.stream();
            if (!running.containsKey(stream)) running.put(stream, versions.get(running.size()));
            long version = running.merge(stream, (long) part.events(), Long::sum);
            position += part.events();
            receipts.add(new Receipt(stream, version, position, part.events(), repeated));
        }
        return List.copyOf(receipts);
    }
}

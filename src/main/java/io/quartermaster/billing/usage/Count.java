package io.quartermaster.billing.usage;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.es.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was counted once: calls of an API, jobs, gigabytes that went out. Each report has
 * a stream of its own, so that however often it is sent it counts once.
 *
 * @param record absent before it is reported
 */
public record Count(@Nullable Record record) {

    /** The type of a report's stream; its key is the tenant's name, a slash and the report's id. */
    public static final String STREAM = "usage";

    /**
     * What was counted.
     *
     * @param meter a name of its own: neither {@code machine} nor {@code storage}
     * @param product what the price book calls it, empty where the meter says it all
     * @param resource what it is about, in the reporter's words; empty for nothing in particular
     * @param group the deployment it belongs to, empty for none
     * @param at when
     * @param count how much, at least 1
     */
    public record Record(
            String tenant,
            String meter,
            String product,
            String resource,
            String group,
            Instant at,
            long count,
            Map<String, String> labels) {}

    /** What may be asked of a report. */
    public sealed interface Command {

        @Wire("usage.report")
        record Report(Record record) implements Command {}
    }

    /** What happens to a report. */
    public sealed interface Event {

        @Wire("usage.counted")
        record Counted(Record record) implements Event {}
    }

    /** The stream of a tenant's report. */
    public static StreamId stream(String tenant, String id) {
        return new StreamId(STREAM, tenant + "/" + id);
    }

    /** The rules: an id says one thing for ever. */
    public static final class Rules implements Decider<Command, Count, Event> {

        @Override
        public String streamType() {
            return STREAM;
        }

        @Override
        public Class<Command> commands() {
            return Command.class;
        }

        @Override
        public Class<Event> events() {
            return Event.class;
        }

        @Override
        public Count initial() {
            return new Count(null);
        }

        @Override
        public List<Event> decide(Command command, Count count) {
            return switch (command) {
                case Command.Report(Record record) -> {
                    if (count.record() == null) yield List.of(new Event.Counted(record));
                    if (count.record().equals(record)) yield List.of();
                    throw new Rejected(
                            "usage-id-used",
                            "another report has this id already; give each report an id of its own");
                }
            };
        }

        @Override
        public Count evolve(Count count, Event event) {
            return switch (event) {
                case Event.Counted counted -> new Count(counted.record());
            };
        }
    }
}

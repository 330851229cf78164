package io.quartermaster.billing.audit;

import io.quartermaster.es.Decider;
import io.quartermaster.es.StreamId;
import io.quartermaster.es.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the books and what is there: open usage has to equal the live machines and
 * volumes. A difference is told once, and once more when it is gone.
 *
 * @param open the findings that stand, by resource
 */
public record Audit(Map<String, Finding> open) {

    /** The type of the one stream of findings. */
    public static final String TYPE = "audit";

    /** Where the findings are. */
    public static final StreamId STREAM = new StreamId(TYPE, "conservation");

    /**
     * A difference, with both sides.
     *
     * @param resource the stream of the machine or volume
     * @param books what is metered for it, absent when nothing is
     * @param fleet what there is, absent when there is nothing
     */
    public record Finding(String resource, @Nullable String books, @Nullable String fleet) {}

    /** What may be asked of the audit. */
    public sealed interface Command {

        /**
         * A check has found exactly this.
         *
         * @param findings all there are
         */
        @Wire("audit.record")
        record Record(List<Finding> findings) implements Command {}
    }

    /** What happens in the audit. */
    public sealed interface Event {

        @Wire("audit.difference-found")
        record DifferenceFound(Finding finding) implements Event {}

        /** It is no more, or is another one now. */
        @Wire("audit.difference-settled")
        record DifferenceSettled(String resource) implements Event {}
    }

    /** The rules: only what is new is told. */
    public static final class Rules implements Decider<Command, Audit, Event> {

        @Override
        public String streamType() {
            return TYPE;
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
        public Audit initial() {
            return new Audit(Map.of());
        }

        @Override
        public List<Event> decide(Command command, Audit audit) {
            return switch (command) {
                case Command.Record(List<Finding> findings) -> compare(findings, audit);
            };
        }

        private static List<Event> compare(List<Finding> findings, Audit audit) {
            var found = new TreeMap<String, Finding>();
            findings.forEach(finding -> found.put(finding.resource(), finding));
            var events = new ArrayList<Event>();
            for (var known : audit.open().values()) {
                if (!known.equals(found.get(known.resource()))) {
                    events.add(new Event.DifferenceSettled(known.resource()));
                }
            }
            for (var finding : found.values()) {
                if (!finding.equals(audit.open().get(finding.resource()))) {
                    events.add(new Event.DifferenceFound(finding));
                }
            }
            return events;
        }

        @Override
        public Audit evolve(Audit audit, Event event) {
            var open = new TreeMap<>(audit.open());
            switch (event) {
                case Event.DifferenceFound(Finding finding) ->
                        open.put(finding.resource(), finding);
                case Event.DifferenceSettled(String resource) -> open.remove(resource);
            }
            return new Audit(open);
        }
    }
}

package io.quartermaster.billing.account;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Wire;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Numbers the invoices and credit notes of one issuer without gaps, and seals what stands on them:
 * whoever computes a document again can tell whether it is still the one that was sent.
 *
 * @param documents ids of all that have a number; the next one is one more than there are
 */
public record Issuer(Set<String> documents) {

    /** The type of an issuer's stream; its key is the issuer's name. */
    public static final String STREAM = "issuer";

    /** Documents that one command may number. */
    public static final int AT_ONCE = 500;

    /**
     * What a document says.
     *
     * @param id of the invoice or credit note
     * @param total what is to be paid, negative on a credit note
     * @param digest SHA-256 of its lines in hexadecimal digits
     */
    public record Document(
            String id,
            String tenant,
            String currency,
            BigDecimal total,
            int lines,
            String digest) {}

    /** What may be asked of an issuer. */
    public sealed interface Command {

        @Wire("issuer.issue")
        record Issue(List<Document> documents) implements Command {}
    }

    /** What happens to an issuer. */
    public sealed interface Event {

        /** From here on the document is a legal one: it can only be taken back by another. */
        @Wire("issuer.issued")
        record Issued(long number, Document document) implements Event {}
    }

    /** The rules: each document gets one number, in the order in which they come. */
    public static final class Rules implements Decider<Command, Issuer, Event> {

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
        public Issuer initial() {
            return new Issuer(new HashSet<>());
        }

        @Override
        public List<Event> decide(Command command, Issuer issuer) {
            return switch (command) {
                case Command.Issue issue -> issue(issue.documents(), issuer);
            };
        }

        private static List<Event> issue(List<Document> documents, Issuer issuer) {
            var events = new ArrayList<Event>();
            var ids = new HashSet<String>();
            for (var document : documents) {
                if (issuer.documents().contains(document.id()) || !ids.add(document.id())) continue;
                events.add(new Event.Issued(issuer.documents().size() + ids.size(), document));
            }
            return events;
        }

        @Override
        public Issuer evolve(Issuer issuer, Event event) {
            return switch (event) {
                case Event.Issued issued -> {
                    var documents = new HashSet<>(issuer.documents());
                    documents.add(issued.document().id());
                    yield new Issuer(documents);
                }
            };
        }
    }
}

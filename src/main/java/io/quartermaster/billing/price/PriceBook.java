package io.quartermaster.billing.price;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The prices of everybody, or of one tenant, with their commands, events and rules.
 *
 * @param prices in the order of their publication; nothing ever leaves the book
 */
public record PriceBook(List<Price> prices) {

    /** The type of a book's stream; its key is a tenant's name, or {@link Prices#DEFAULT}. */
    public static final String STREAM = "price-book";

    /** Prices in a book: enough for a century of changes, few enough to look through. */
    private static final int MOST = 10_000;

    /** What may be asked of a book. */
    public sealed interface Command {

        @Wire("price-book.publish")
        record Publish(Price price) implements Command {}
    }

    /** What happens to a book. */
    public sealed interface Event {

        @Wire("price-book.published")
        record Published(Price price) implements Event {}
    }

    /** The prices with their numbers. */
    public List<Published> published(String book) {
        return IntStream.range(0, prices.size())
                .mapToObj(i -> new Published(book, i + 1, prices.get(i)))
                .toList();
    }

    /** The rules: what is said already is not said again. */
    public static final class Rules implements Decider<Command, PriceBook, Event> {

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
        public PriceBook initial() {
            return new PriceBook(List.of());
        }

        @Override
        public List<Event> decide(Command command, PriceBook book) {
            return switch (command) {
                case Command.Publish(Price price) -> publish(price, book);
            };
        }

        private static List<Event> publish(Price price, PriceBook book) {
            var sameTime =
                    book.prices().stream()
                            .filter(each -> each.from().equals(price.from()))
                            .filter(price::succeeds)
                            .toList();
            if (!sameTime.isEmpty() && sameTime.getLast().equals(price)) return List.of();
            if (book.prices().size() >= MOST) {
                throw new Rejected(
                        "price-book-full",
                        "the book has " + MOST + " prices, and that is all it can hold");
            }
            return List.of(new Event.Published(price));
        }

        @Override
        public PriceBook evolve(PriceBook book, Event event) {
            return switch (event) {
                case Event.Published(Price price) -> {
                    var prices = new ArrayList<>(book.prices());
                    prices.add(price);
                    yield new PriceBook(prices);
                }
            };
        }
    }
}

package io.quartermaster.rest;

import io.quarkus.virtual.threads.VirtualThreads;
import io.quartermaster.rest.access.Draining;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * Answers that never end by themselves (text/event-stream), read only as fast as they are taken.
 */
@Singleton
final class Streams {
    /** Something is sent at least so often, so that both sides notice when the other is gone. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ExecutorService threads;
    private final Draining draining;

    @Inject
    Streams(@VirtualThreads ExecutorService threads, Draining draining) {
        this.threads = threads;
        this.draining = draining;
    }

    /** What comes after a place, waiting for it up to {@link #HEARTBEAT}. */
    @FunctionalInterface
    interface Source {
        Part after(long place) throws InterruptedException;
    }

    /**
     * Some events.
     *
     * @param next the place after them
     * @param last whether nothing can follow
     */
    record Part(List<OutboundSseEvent> events, long next, boolean last) {}

    /** All that a source has, from a place on. */
    Multi<OutboundSseEvent> from(long place, Source source, Sse sse) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Place(place), at -> step(at, source))
                .whilst(part -> !part.last() && !draining.begun())
                .onItem()
                .transformToMultiAndConcatenate(
                        part -> Multi.createFrom().items(events(part, sse)));
    }

    private Uni<Part> step(Place at, Source source) {
        return Uni.createFrom()
                .item(
                        () -> {
                            var part = at.read(source);
                            at.next = part.next();
                            return part;
                        })
                .runSubscriptionOn(threads);
    }

    private static Stream<OutboundSseEvent> events(Part part, Sse sse) {
        return part.events().isEmpty() && !part.last()
                ? Stream.of(sse.newEventBuilder().comment("still here").build())
                : part.events().stream();
    }

    /** An event with JSON in it. */
    static OutboundSseEvent event(Sse sse, long id, String name, Object data) {
        return sse.newEventBuilder()
                .id(Long.toString(id))
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data.getClass(), data)
                .build();
    }

    /** Where a stream is; the parts are read one after the other. */
    private static final class Place {
        private volatile long next;

        Place(long next) {
            this.next = next;
        }

        Part read(Source source) {
            try {
                return source.after(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Part(List.of(), next, true);
            }
        }
    }
}

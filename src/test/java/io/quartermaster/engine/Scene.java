package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/** Words for what tests of the log keep saying. */
public final class Scene {

    private Scene() {}

    public static Decided command(Change... changes) {
        return command(UUID.randomUUID(), changes);
    }

    public static Decided command(UUID id, Change... changes) {
        return new Decided(new Metadata("tester", id, id, id, ""), List.of(changes), null);
    }

    public static Change change(StreamId stream, Expected expected, Object... events) {
        return new Change(stream, "acme", expected, List.of(events));
    }

    public static Change adding(StreamId stream, Expected expected, int events) {
        var all = Collections.nCopies(events, new Tally.Event.Added(1));
        return new Change(stream, "acme", expected, all);
    }

    public static Ask ask() {
        return Ask.by("tester", UUID.randomUUID());
    }

    public static Order add(StreamId stream, int amount) {
        return new Order(stream, "acme", new Tally.Command.Add(amount, 1));
    }

    /** The positions or versions from one to another, inclusive. */
    public static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    public static List<Long> versions(List<Envelope<?>> events) {
        return events.stream().<Long>map(Envelope::version).toList();
    }

    public static List<Long> positions(List<Envelope<?>> events) {
        return events.stream().<Long>map(Envelope::position).toList();
    }

    /** What each of several writers does. */
    @FunctionalInterface
    public interface Writer {
        List<Receipt> write(int writer) throws Exception;
    }

    /** Lets the writers start at the same moment; gives what they got. */
    public static List<Receipt> together(int writers, Writer work) throws Exception {
        var start = new CyclicBarrier(writers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<List<Receipt>>>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                tasks.add(
                        () -> {
                            start.await();
                            return work.write(writer);
                        });
            }
            var receipts = new ArrayList<Receipt>();
            for (var done : threads.invokeAll(tasks)) receipts.addAll(done.get());
            return receipts;
        }
    }
}

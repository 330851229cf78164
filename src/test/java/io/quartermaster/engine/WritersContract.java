package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.positions;
import static io.quartermaster.engine.Scene.range;
import static io.quartermaster.engine.Scene.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What every event log promises to many who write at the same time. */
abstract class WritersContract {
    private static final StreamId ONE = Tally.stream("one");

    /** A log without events. */
    abstract EventLog log();

    @Test
    void sixteen_writers_on_one_stream_each_win_or_get_a_typed_conflict() throws Exception {
        var winners =
                Scene.together(
                        16,
                        writer -> {
                            var won = new ArrayList<Receipt>();
                            for (int i = 0; i < 25; i++) {
                                long version =
                                        log().stream(ONE).map(StreamInfo::version).orElse(0L);
                                var expected = new Expected.Exactly(version);
                                try {
                                    won.addAll(log().append(command(adding(ONE, expected, 2))));
                                } catch (Conflict conflict) {
                                    assertTrue(conflict.actual() > version);
                                }
                            }
                            return won;
                        });

        var events = log().readStream(ONE, 1, 1000);
        assertEquals(range(1, 2 * winners.size()), versions(events));
        var won = new HashSet<>(winners.stream().map(Receipt::version).toList());
        assertEquals(winners.size(), won.size());
        assertEquals(events.size(), log().head());
    }

    @Test
    void sixteen_writers_on_many_streams_leave_no_gap_and_lose_nothing() throws Exception {
        var receipts =
                Scene.together(
                        16,
                        writer -> {
                            var done = new ArrayList<Receipt>();
                            for (int i = 0; i < 25; i++) {
                                var stream = Tally.stream("s" + (writer + i) % 5);
                                done.addAll(
                                        log().append(
                                                        command(
                                                                adding(
                                                                        stream,
                                                                        new Expected.Any(),
                                                                        i % 4))));
                            }
                            return done;
                        });

        int expected = receipts.stream().mapToInt(Receipt::events).sum();
        assertEquals(range(1, expected), positions(log().read(0, 2000)));
        for (int s = 0; s < 5; s++) {
            var stream = Tally.stream("s" + s);
            long version = log().stream(stream).orElseThrow().version();
            assertEquals(range(1, version), versions(log().readStream(stream, 1, 2000)));
        }
    }
}

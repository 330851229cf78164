package io.quartermaster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order a transaction carries out what it was given. */
class SqlTxTest {
    private static final StreamId A = new StreamId("machine", "a");
    private static final StreamId B = new StreamId("machine", "b");
    private static final String FIRST = "INSERT INTO note (word) VALUES (?)";
    private static final String SECOND = "INSERT INTO note (word) VALUES (upper(?))";
    private static final int ROUNDS = 20;
    private static final int UPDATES = 60;

    private final TestDatabase postgres = new TestDatabase();
    private final Database database = postgres.database();

    @BeforeEach
    void table() {
        database.update("CREATE TABLE note (n serial PRIMARY KEY, word text NOT NULL)");
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private interface Work {
        void in(SqlTx tx) throws SQLException;
    }

    private List<String> notes(Work work) {
        database.update("TRUNCATE note RESTART IDENTITY");
        database.transact(
                connection -> {
                    var tx = new SqlTx(connection);
                    work.in(tx);
                    tx.flush();
                    return true;
                });
        return database.query("SELECT word FROM note ORDER BY n", row -> row.getString(1));
    }

    @Test
    void updates_of_the_same_text_go_together_when_they_are_of_different_streams() {
        var notes =
                notes(
                        tx -> {
                            for (var stream : List.of(A, B)) {
                                tx.updateOf(stream, FIRST, stream.key() + 1);
                                tx.updateOf(stream, SECOND, stream.key() + 2);
                                tx.updateOf(stream, FIRST, stream.key() + 3);
                            }
                        });
        assertEquals(List.of("a1", "b1", "A2", "B2", "a3", "b3"), notes);
    }

    @Test
    void a_question_about_a_stream_waits_for_its_own_updates_and_for_those_of_nobody() {
        var seen = new ArrayList<Integer>();
        notes(
                tx -> {
                    tx.updateOf(A, FIRST, "a1");
                    seen.add(count(tx, B));
                    seen.add(count(tx, A));
                    tx.updateAtLast(A, FIRST, "a2");
                    seen.add(count(tx, B));
                    seen.add(count(tx, A));
                    tx.update(FIRST, "nobody's");
                    seen.add(count(tx, B));
                });
        assertEquals(List.of(0, 1, 1, 2, 3), seen);
    }

    private static int count(SqlTx tx, StreamId stream) throws SQLException {
        var sql = "SELECT count(*) FROM note";
        return Database.query(tx.connectionFor(stream), sql, row -> row.getInt(1)).getFirst();
    }

    @Test
    void what_comes_last_is_carried_out_once_for_each_stream_and_after_all_others() {
        var notes =
                notes(
                        tx -> {
                            tx.updateAtLast(A, FIRST, "early");
                            tx.updateOf(A, FIRST, "own");
                            tx.updateAtLast(B, FIRST, "b");
                            tx.updateAtLast(A, FIRST, "late");
                            tx.update(SECOND, "fixed");
                        });
        assertEquals(List.of("own", "FIXED", "late", "b"), notes);
    }

    @Test
    void each_stream_keeps_its_order_and_plain_updates_keep_their_place_among_all() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var given = new ArrayList<String>();
            var notes =
                    notes(
                            tx -> {
                                for (int i = 0; i < UPDATES; i++) {
                                    given.add(queue(tx, i, random));
                                }
                            });
            for (var stream : List.of("s0", "s1", "s2")) {
                assertEquals(only(stream, given), only(stream, notes), "seed " + seed);
            }
        }
    }

    /** One update in ten is of no stream. */
    private static String queue(SqlTx tx, int number, Random random) {
        var sql = random.nextBoolean() ? FIRST : "INSERT INTO note (word) VALUES (trim(?))";
        int stream = random.nextInt(10) == 0 ? -1 : random.nextInt(3);
        var word = (stream < 0 ? "all" : "s" + stream) + " " + number;
        if (stream < 0) tx.update(sql, word);
        else tx.updateOf(new StreamId("machine", "s" + stream), sql, word);
        return word;
    }

    /** A stream's words, and those that stay where they are. */
    private static List<String> only(String stream, List<String> words) {
        return words.stream().filter(w -> w.startsWith(stream) || w.startsWith("all")).toList();
    }
}

package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Steps on a real server, which can be cut off, left alone and come back to. */
abstract class StepsAtWork {
    static final Step LONG =
            command(null, "echo begun; until [ -e go ]; do sleep 0.05; done; echo x >>count");

    // A shell whose connection was cut may still be writing its last file there.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path home;

    final RecordingJournal journal = new RecordingJournal();
    final SshExecutor executor = Works.executor();
    final AtomicReference<End> end = new AtomicReference<>();
    TestSshServer server;

    @BeforeEach
    void start() {
        server = TestSshServer.start(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The steps are at work, and nobody follows them. */
    void leaveAlone(Step... steps) throws Exception {
        Thread run = running(1, steps);
        server.cutConnections();
        run.join();
    }

    Thread comeBack(Wish wish, Step... steps) {
        journal.wish(wish);
        return Works.start(
                () -> end.set(executor.execute(Works.work(server.target(), 1, 2, steps), journal)));
    }

    void killWorker() throws Exception {
        String worker = Files.readString(home.resolve(".quartermaster/worker")).split(" ")[0];
        assertEquals(0, new ProcessBuilder("sh", "-c", "kill -9 -" + worker).start().waitFor());
    }

    Thread running(int fence, Step... steps) throws Exception {
        int before = journal.said.size();
        Thread run =
                Works.start(
                        () ->
                                end.set(
                                        executor.execute(
                                                Works.work(server.target(), 1, fence, steps),
                                                journal)));
        journal.await(
                now ->
                        now.said.lastIndexOf("started 0.1") >= before
                                && now.output(0).contains("begun"));
        return run;
    }

    void release() throws Exception {
        Files.createFile(home.resolve("go"));
    }

    void awaitFile(String name) throws Exception {
        Path file = home.resolve(".quartermaster/machines/m-1/runs/1/" + name);
        var poll =
                new ProcessBuilder(
                        "sh",
                        "-c",
                        "until [ -e \"$1\" ]; do sleep 0.05; done",
                        "-",
                        file.toString());
        assertEquals(0, poll.start().waitFor());
    }

    List<String> lines(String phase) throws Exception {
        return Files.readAllLines(home.resolve(".quartermaster/journal")).stream()
                .filter(line -> line.contains(phase))
                .toList();
    }
}

package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.KubernetesAction.Job;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import io.quartermaster.step.Work.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** There is no controller of Jobs and no kubelet here: the test is both. */
class JobRunTest {
    private static final String MANIFEST =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate}
            spec:
              template:
                spec: {containers: [{name: main, image: migrate}]}
            """;
    private static final String NAME = "migrate-web-1-1-0-1";
    private static final String COMPLETE =
            "{\"succeeded\": 1, \"conditions\": [{\"type\": \"Complete\", \"status\": \"True\"}]}";

    Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Work work(String manifest, int attempt) {
        var job = new Job(manifest, cluster.namespace);
        return cluster.work(1, Mode.APPLY, attempt, new Step.Kubernetes(job, null));
    }

    /** A runner at work on it, as often as one is wanted. */
    private final class Runner {
        final Said said = new Said();
        final CompletableFuture<End> end = new CompletableFuture<>();
        final Thread thread;

        Runner(Work work) {
            thread =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    end.complete(
                                            Cluster.executor(cluster.clusters).execute(work, said));
                                } catch (InterruptedException | RuntimeException e) {
                                    end.completeExceptionally(e);
                                }
                            });
        }
    }

    private String path(String name) {
        return "/apis/batch/v1/namespaces/" + cluster.namespace + "/jobs/" + name;
    }

    private int jobs() throws Exception {
        return cluster.read("/apis/batch/v1/namespaces/" + cluster.namespace + "/jobs")
                .path("items")
                .size();
    }

    @Test
    void a_job_is_made_once_and_marked_and_followed_to_its_end() throws Exception {
        var runner = new Runner(work(MANIFEST, 1));
        runner.said.await("Job " + NAME + " in namespace " + cluster.namespace + ": created");
        var job = cluster.read(path(NAME));
        assertEquals("web-1", job.at("/metadata/labels/quartermaster.io~1machine").asText());
        assertEquals("1", job.at("/spec/template/metadata/labels/quartermaster.io~1run").asText());
        assertEquals("Never", job.at("/spec/template/spec/restartPolicy").asText());
        assertTrue(job.at("/spec/activeDeadlineSeconds").asInt() <= 30);
        cluster.report(path(NAME), "{\"active\": 1}");
        runner.said.await("1 active, 0 succeeded, 0 failed");
        cluster.report(path(NAME), COMPLETE);
        assertEquals(new End.Completed(), runner.end.get());
        assertEquals("finished 0.1 Changed", runner.said.calls.getLast());
    }

    @Test
    void a_daemon_that_comes_back_finds_it_and_follows_it() throws Exception {
        var first = new Runner(work(MANIFEST, 1));
        first.said.await(": created");
        first.thread.interrupt();
        first.thread.join();
        assertTrue(first.end.isCompletedExceptionally());

        var second = new Runner(work(MANIFEST, 1));
        second.said.await(": found");
        cluster.report(path(NAME), COMPLETE);
        assertEquals(new End.Completed(), second.end.get());
        assertEquals(1, jobs());
    }

    @Test
    void a_further_attempt_is_a_job_of_its_own() throws Exception {
        var first = new Runner(work(MANIFEST, 1));
        first.said.await(": created");
        cluster.report(
                path(NAME),
                "{\"conditions\": [{\"type\": \"Failed\", \"status\": \"True\","
                        + " \"reason\": \"BackoffLimitExceeded\", \"message\": \"too often\"}]}");
        var stopped = assertInstanceOf(End.Stopped.class, first.end.get());
        var failed = assertInstanceOf(StepResult.Failed.class, stopped.result());
        assertEquals("job-failed", failed.failure().code());
        assertTrue(failed.failure().reason().contains("(BackoffLimitExceeded): too often"));

        var second = new Runner(work(MANIFEST, 2));
        second.said.await("migrate-web-1-1-0-2 in namespace");
        cluster.report(path("migrate-web-1-1-0-2"), COMPLETE);
        assertEquals(new End.Completed(), second.end.get());
        assertEquals(2, jobs());
    }

    @Test
    void what_is_killed_or_over_its_time_does_not_go_on_unseen() throws Exception {
        var killed = new Runner(work(MANIFEST, 1));
        killed.said.await(": created");
        killed.said.wish(Wish.KILL);
        assertEquals(new End.Cancelled(0), killed.end.get());
        assertEquals(0, jobs());

        cluster.limit = Duration.ofSeconds(1);
        var late = new Runner(work(MANIFEST, 2));
        assertInstanceOf(End.Stopped.class, late.end.get());
        assertEquals("finished 0.2 Failed", late.said.calls.getLast());
        assertEquals(0, jobs());
    }

    @Test
    void with_a_wish_to_stop_what_was_begun_is_still_followed() throws Exception {
        var begun = new Runner(work(MANIFEST, 1));
        begun.said.await(": created");
        begun.thread.interrupt();
        begun.thread.join();
        var said = new Said();
        said.wish(Wish.STOP);
        var end = new CompletableFuture<End>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        end.complete(
                                Cluster.executor(cluster.clusters)
                                        .execute(work(MANIFEST, 1), said));
                    } catch (InterruptedException e) {
                        end.completeExceptionally(e);
                    }
                });
        said.await(": found");
        cluster.report(path(NAME), COMPLETE);
        assertEquals(new End.Completed(), end.get());
    }

    @Test
    void what_its_pods_print_is_the_steps_output_as_it_comes(@TempDir Path directory)
            throws Exception {
        try (var kubelet = new Kubelet(directory)) {
            var runner = new Runner(work(MANIFEST, 1));
            runner.said.await(": created");
            pod("127.0.0.1", kubelet.port());
            kubelet.print("one of two");
            runner.said.await("one of two");
            kubelet.print("two of two, é");
            cluster.report(path(NAME), COMPLETE);
            kubelet.end();
            assertEquals(new End.Completed(), runner.end.get());
            assertTrue(
                    runner.said.output().contains("--- pod/main\none of two\ntwo of two, é\n"),
                    runner.said::output);
        }
    }

    @Test
    void a_log_that_is_not_to_be_had_is_said_and_does_no_harm() throws Exception {
        var runner = new Runner(work(MANIFEST, 1));
        runner.said.await(": created");
        pod("127.0.0.1", 1);
        runner.said.await("[the log is not to be had: ");
        cluster.report(path(NAME), COMPLETE);
        assertEquals(new End.Completed(), runner.end.get());
    }

    /** A pod of the Job that runs on a node whose kubelet is at this address. */
    private void pod(String address, int port) throws Exception {
        var node = "of-" + cluster.namespace;
        cluster.make("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node));
        cluster.report(
                "/api/v1/nodes/" + node,
                ("{\"addresses\": [{\"type\": \"InternalIP\", \"address\": \"%s\"}],"
                                + " \"daemonEndpoints\": {\"kubeletEndpoint\": {\"Port\": %d}}}")
                        .formatted(address, port));
        cluster.make(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: pod, labels: {job-name: %s}}
                spec: {nodeName: %s, containers: [{name: main, image: migrate}]}
                """
                        .formatted(NAME, node));
        cluster.report(
                "/api/v1/namespaces/" + cluster.namespace + "/pods/pod",
                "{\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"main\", \"image\": \"\","
                        + " \"imageID\": \"\", \"ready\": true, \"restartCount\": 0,"
                        + " \"state\": {\"running\": {}}}]}");
    }

    /** The server of these tests is too old to keep the field. */
    @ParameterizedTest
    @CsvSource({
        "{}, 86400",
        "{ttlSecondsAfterFinished: 0}, 3600",
        "{ttlSecondsAfterFinished: 9999}, 9999"
    })
    void a_job_is_kept_after_its_end_until_its_end_was_seen(String spec, int kept)
            throws Exception {
        var text = "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: %s}";
        var job = Documents.read(text.formatted(spec)).getFirst().withObjectProperty("spec");
        JobRun.keep(job);
        assertEquals(kept, job.path("ttlSecondsAfterFinished").asInt());
    }

    @Test
    void names_that_are_too_long_end_with_a_digest_of_all() {
        var name = Marks.fitting("a".repeat(60) + "-web-1-1-0-1");
        assertEquals(63, name.length());
        assertTrue(name.matches("a{52}-[0-9a-f]{10}"), name);
        assertEquals("web-1", Marks.fitting("web-1"));
    }

    @Test
    void what_is_no_single_job_is_refused() throws Exception {
        for (var manifest :
                new String[] {
                    MANIFEST + "---\n" + MANIFEST, MANIFEST.replace("kind: Job", "kind: CronJob")
                }) {
            var stopped =
                    assertInstanceOf(
                            End.Stopped.class,
                            cluster.executor.execute(work(manifest, 1), cluster.said));
            var failed = assertInstanceOf(StepResult.Failed.class, stopped.result());
            assertEquals("manifest-invalid", failed.failure().code());
        }
        assertEquals(0, jobs());
    }
}

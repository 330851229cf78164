package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.Failure;
import io.quartermaster.step.KubernetesAction.Job;
import io.quartermaster.step.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a Job under a name that is the attempt's alone: whoever comes back to the attempt finds the
 * Job that an earlier claim began, and follows it.
 */
final class JobRun {
    /** Seconds for which a Job that has ended is kept: whoever comes back has to find it. */
    private static final int KEPT = 86_400;

    private static final int KEPT_AT_LEAST = 3_600;
    private static final String TTL = "ttlSecondsAfterFinished";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LOOKS = 20;

    private final Api api;
    private final Doing doing;
    private final ObjectNode manifest;
    private final Located job;

    JobRun(Api api, Doing doing, Job action) throws ClusterException {
        this.api = api;
        this.doing = doing;
        List<ObjectNode> documents = Documents.read(action.manifest());
        this.manifest = documents.getFirst();
        var subject = Documents.subject(manifest);
        if (documents.size() > 1
                || !subject.kind().equals("Job")
                || !subject.apiVersion().equals("batch/v1")) {
            throw ClusterException.impossible(
                    Failures.invalid(
                            "manifest-invalid",
                            "the manifest is no single Job of batch/v1, but begins with a "
                                    + subject.kind()
                                    + " of "
                                    + subject.apiVersion(),
                            "make it one, or use an apply"));
        }
        String namespace = subject.namespace() == null ? action.namespace() : subject.namespace();
        String attempt = doing.run() + "-" + doing.task().index() + "-" + doing.task().attempt();
        String name = subject.name() + "-" + doing.machine() + "-" + attempt;
        this.job = Kinds.located(Kinds.JOB, namespace, Marks.fitting(name));
    }

    /** Whether an earlier claim began it. */
    boolean isBegun() throws ClusterException, InterruptedException {
        return api.read(job).isPresent();
    }

    /** Begins it, unless that has happened, and follows it to its end. */
    StepResult run() throws ClusterException, InterruptedException, Killed {
        if (isBegun()) {
            doing.say(job + ": found");
        } else {
            begin();
        }
        try (JobLog log = new JobLog(api, doing, job)) {
            StepResult result = doing.await(() -> seen(log));
            log.finish();
            return switch (result) {
                case StepResult.Unchanged _, StepResult.Changed _ -> new StepResult.Changed();
                case StepResult.Failed(Failure failure)
                        when failure.code().equals("step-timeout") -> {
                    end(api);
                    yield result;
                }
                default -> result;
            };
        } catch (Killed e) {
            end(api.ungated());
            throw e;
        }
    }

    private void begin() throws ClusterException, InterruptedException, Killed {
        ObjectNode metadata = (ObjectNode) manifest.get("metadata");
        metadata.put("name", job.name()).put("namespace", job.namespace());
        mark(metadata);
        metadata.withObjectProperty("annotations").put(Marks.APPLIED_BY, Marks.appliedBy(doing));
        ObjectNode spec = manifest.withObjectProperty("spec");
        if (!spec.has("activeDeadlineSeconds")) {
            // It ends in time also when nobody follows it.
            spec.put("activeDeadlineSeconds", Math.max(1, doing.left().toSeconds()));
        }
        keep(spec);
        ObjectNode template = spec.withObjectProperty("template");
        mark(template.withObjectProperty("metadata"));
        ObjectNode pod = template.withObjectProperty("spec");
        if (!pod.has("restartPolicy")) {
            pod.put("restartPolicy", "Never");
        }
        try {
            api.create(job.collection(), job, manifest);
            doing.say(job + ": created");
        } catch (ClusterException e) {
            if (!e.isStatus(409)) {
                throw e;
            }
            doing.say(job + ": found");
        }
    }

    /** One that went at once would seem to have been deleted, and would be run again. */
    static void keep(ObjectNode spec) {
        if (!spec.has(TTL)) {
            spec.put(TTL, KEPT);
        } else if (spec.get(TTL).isNumber() && spec.get(TTL).asInt() < KEPT_AT_LEAST) {
            spec.put(TTL, KEPT_AT_LEAST);
        }
    }

    private void mark(ObjectNode metadata) {
        metadata.withObjectProperty("labels")
                .put(Marks.MACHINE, Marks.fitting(doing.machine()))
                .put(Marks.RUN, Integer.toString(doing.run()));
    }

    private Seen seen(JobLog log) throws ClusterException, InterruptedException {
        Optional<JsonNode> live = api.read(job);
        log.follow();
        if (live.isEmpty()) {
            return new Seen.Never(
                    Failures.again(
                            "job-deleted",
                            job + " was deleted before its end",
                            "find out who deleted it; the step can be tried again"));
        }
        JsonNode status = live.get().path("status");
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("status").asText().equals("True")) {
                switch (condition.path("type").asText()) {
                    case "Complete" -> {
                        return new Seen.Done();
                    }
                    case "Failed" -> {
                        return new Seen.Never(failed(condition));
                    }
                    default -> {}
                }
            }
        }
        return new Seen.NotYet(
                "%s: %d active, %d succeeded, %d failed"
                        .formatted(
                                job,
                                status.path("active").asInt(),
                                status.path("succeeded").asInt(),
                                status.path("failed").asInt()));
    }

    private Failure failed(JsonNode condition) {
        return Failures.again(
                "job-failed",
                "%s failed (%s): %s"
                        .formatted(
                                job,
                                condition.path("reason").asText(),
                                condition.path("message").asText()),
                "see the step's log");
    }

    /**
     * What nobody follows any more shall not go on, nor beside the next attempt: its pods go first,
     * which is waited for, but not for ever.
     */
    private void end(Api through) throws ClusterException, InterruptedException, Killed {
        Optional<JsonNode> live = api.read(job);
        if (live.isEmpty()) {
            return;
        }
        through.delete(job, live.get().at("/metadata/uid").asText(), "Foreground");
        for (int look = 0; look < LOOKS; look++) {
            if (!isBegun()) {
                doing.say(job + ": deleted");
                return;
            }
            Thread.sleep(PAUSE);
        }
        doing.say(job + ": is being deleted; its pods take their time");
    }
}

package io.quartermaster.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.quartermaster.manifest.Kind;
import io.quartermaster.operator.CustomResources.Resource;
import io.quartermaster.operator.StatusDocument.Standing;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Translates the resources of one kind: what they say becomes commands, what the views show becomes
 * their status.
 *
 * @param <P> the type of the resources
 */
final class DeclaredReconciler<P extends Resource> implements Reconciler<P>, Cleaner<P> {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;

    private final Kind kind;
    private final Supplier<P> fresh;
    private final Tools tools;
    private final Triggers<P> triggers;

    /** By uid, what was last submitted and accepted: it need not be submitted again. */
    private final Map<String, Submitted> submitted = new ConcurrentHashMap<>();

    private record Submitted(String manifest, long position) {}

    /** What the reconcilers of all kinds share. */
    record Tools(
            Submission submission,
            Withdrawal withdrawal,
            Views views,
            StatusWriter writer,
            Tenancy tenancy,
            Conditions conditions,
            MachineObjects machines) {}

    DeclaredReconciler(Kind kind, Supplier<P> fresh, Tools tools) {
        this.kind = kind;
        this.fresh = fresh;
        this.tools = tools;
        this.triggers = new Triggers<>(kind.streamType() + "-changes", this::forget);
    }

    /** To let it look again. */
    Triggers<P> triggers() {
        return triggers;
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<P> reconcile(P resource, Context<P> context) throws InterruptedException {
        triggers.know(resource);
        var tenant = tools.tenancy().of(resource.namespace());
        if (tenant.isEmpty()) return UpdateControl.<P>noUpdate().rescheduleAfter(SOON);
        var verdict = submit(resource, tenant.get());
        triggers.waits(resource, verdict instanceof Verdict.Waiting);
        if (verdict instanceof Verdict.Accepted(long position) && !tools.views().await(position)) {
            return UpdateControl.<P>noUpdate().rescheduleAfter(SOON);
        }
        boolean moving = write(resource, seen(resource, verdict), standing(verdict));
        boolean accepted = verdict instanceof Verdict.Accepted;
        if (accepted && kind == Kind.MACHINE_DEPLOYMENT) tools.machines().represent(resource);
        // What inspections find is in no event; while something is awaited it is looked up.
        return accepted && !moving && kind != Kind.HOST
                ? UpdateControl.noUpdate()
                : UpdateControl.<P>noUpdate().rescheduleAfter(LATER);
    }

    /** Retried by the SDK; whoever looks shall know, unless the next attempt is well. */
    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(
            P resource, Context<P> context, Exception e) {
        boolean again =
                context.getRetryInfo().filter(info -> info.getAttemptCount() > 1).isPresent();
        if (again && !(e instanceof InterruptedException) && !passes(e)) {
            write(resource, lastSeen(resource), unexpected(e));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private static Standing.Waiting unexpected(Exception e) {
        var what = e.getClass().getSimpleName();
        return new Standing.Waiting(
                "InternalError", what + "; it is tried again, see the daemon's log");
    }

    /** Whether it is the API server that does not answer, or has changed its mind meanwhile. */
    private static boolean passes(Exception e) {
        return e instanceof KubernetesClientException answer
                && (answer.getCode() <= 0
                        || answer.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || answer.getCode() == TOO_MANY
                        || answer.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR);
    }

    private Seen lastSeen(P resource) {
        try {
            return tools.submission().owns(kind, resource)
                    ? tools.views().look(kind, resource.name())
                    : Seen.NOTHING;
        } catch (RuntimeException alsoBroken) {
            return Seen.NOTHING;
        }
    }

    private Verdict submit(P resource, String tenant) {
        var manifest = Submission.manifest(resource, tenant);
        var last = submitted.get(resource.uid());
        boolean isThere = tools.submission().isThere(kind, resource);
        if (isThere && last != null && last.manifest().equals(manifest)) {
            return new Verdict.Accepted(last.position());
        }
        var verdict = tools.submission().submit(kind, resource, manifest);
        if (verdict instanceof Verdict.Accepted(long position)) {
            submitted.put(resource.uid(), new Submitted(manifest, position));
            if (!tools.submission().isThere(kind, resource)) {
                return new Verdict.Refused(
                        "Ended",
                        "it has ended for good; delete this resource, or give it another name");
            }
        }
        return verdict;
    }

    /** What this resource never was in charge of is not its own to show. */
    private Seen seen(P resource, Verdict verdict) {
        boolean ours =
                verdict instanceof Verdict.Accepted || tools.submission().owns(kind, resource);
        return ours ? tools.views().look(kind, resource.name()) : Seen.NOTHING;
    }

    private static Standing standing(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> new Standing.InForce();
            case Verdict.Refused(String reason, String message) ->
                    new Standing.Stalled(reason, message);
            case Verdict.Waiting(String message) ->
                    new Standing.Waiting("ReferenceMissing", message);
        };
    }

    /** Whether something is awaited. */
    private boolean write(P resource, Seen seen, Standing standing) {
        var status =
                tools.conditions()
                        .of(kind)
                        .write(
                                seen,
                                standing,
                                resource.generation(),
                                tools.writer().current(resource));
        tools.writer().write(resource, fresh.get(), status);
        return StatusDocument.isTrue("Reconciling", status);
    }

    /** The resource does not exist any more, however it went. */
    void forget(P resource) {
        submitted.remove(resource.uid());
        tools.writer().forget(resource);
    }

    @Override
    public DeleteControl cleanup(P resource, Context<P> context) {
        try {
            return withdraw(resource);
        } catch (RuntimeException e) {
            if (!passes(e)) {
                var why = unexpected(e);
                write(
                        resource,
                        lastSeen(resource),
                        new Standing.Deleting(why.reason(), why.message()));
            }
            throw e;
        }
    }

    private DeleteControl withdraw(P resource) {
        triggers.know(resource);
        submitted.remove(resource.uid());
        return switch (tools.withdrawal().withdraw(kind, resource)) {
            case Withdrawal.Progress.Gone gone -> DeleteControl.defaultDelete();
            case Withdrawal.Progress.Leaving leaving ->
                    later(resource, "Deleting", "what it stands for is being released");
            case Withdrawal.Progress.Blocked(String reason, String message) ->
                    later(resource, reason, message);
        };
    }

    private DeleteControl later(P resource, String reason, String message) {
        var seen = tools.views().look(kind, resource.name());
        write(resource, seen, new Standing.Deleting(reason, message));
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(LATER.toMillis());
    }
}

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

    DeclaredReconciler(Kind kind, Supplier<P> fresh, Tools tools, Triggers<P> triggers) {
        this.kind = kind;
        this.fresh = fresh;
        this.tools = tools;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<P> reconcile(P resource, Context<P> context) throws InterruptedException {
        triggers.know(resource);
        var verdict = submit(resource);
        triggers.waits(resource, verdict instanceof Verdict.Waiting);
        if (verdict instanceof Verdict.Accepted(long position) && !tools.views().await(position)) {
            return UpdateControl.<P>noUpdate().rescheduleAfter(SOON);
        }
        if (kind == Kind.MACHINE_DEPLOYMENT && verdict instanceof Verdict.Accepted) {
            tools.machines().represent(resource);
        }
        write(resource, seen(resource, verdict), standing(verdict));
        return verdict instanceof Verdict.Accepted
                ? UpdateControl.noUpdate()
                : UpdateControl.<P>noUpdate().rescheduleAfter(LATER);
    }

    /** Retried by the SDK; whoever looks shall know. */
    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(
            P resource, Context<P> context, Exception e) {
        // When it is the API server that does not answer, it takes no status either.
        if (!(e instanceof KubernetesClientException)) {
            var message =
                    e.getClass().getSimpleName() + "; it is tried again, see the daemon's log";
            write(resource, lastSeen(resource), new Standing.Waiting("InternalError", message));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
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

    private Verdict submit(P resource) {
        var manifest = Submission.manifest(resource, tools.tenancy().of(resource.namespace()));
        var last = submitted.get(resource.uid());
        if (last != null && last.manifest().equals(manifest)) {
            return new Verdict.Accepted(last.position());
        }
        var verdict = tools.submission().submit(kind, resource, manifest);
        if (verdict instanceof Verdict.Accepted(long position)) {
            submitted.put(resource.uid(), new Submitted(manifest, position));
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

    private void write(P resource, Seen seen, Standing standing) {
        var status =
                tools.conditions()
                        .of(kind)
                        .write(
                                seen,
                                standing,
                                resource.generation(),
                                tools.writer().current(resource));
        tools.writer().write(resource, fresh.get(), status);
    }

    @Override
    public DeleteControl cleanup(P resource, Context<P> context) {
        triggers.know(resource);
        submitted.remove(resource.uid());
        return switch (tools.withdrawal().withdraw(kind, resource)) {
            case Withdrawal.Progress.Gone gone -> {
                triggers.forget(resource);
                tools.writer().forget(resource);
                yield DeleteControl.defaultDelete();
            }
            case Withdrawal.Progress.Leaving leaving -> {
                var message = "what it stands for is being released";
                write(
                        resource,
                        tools.views().look(kind, resource.name()),
                        new Standing.Deleting("Deleting", message));
                yield DeleteControl.noFinalizerRemoval().rescheduleAfter(LATER.toMillis());
            }
            case Withdrawal.Progress.Blocked(String reason, String message) -> {
                write(
                        resource,
                        tools.views().look(kind, resource.name()),
                        new Standing.Deleting(reason, message));
                yield DeleteControl.noFinalizerRemoval().rescheduleAfter(LATER.toMillis());
            }
        };
    }
}

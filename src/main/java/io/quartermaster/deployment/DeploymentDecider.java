package io.quartermaster.deployment;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import java.util.List;

/** The rules of a deployment. */
public final class DeploymentDecider
        implements Decider<DeploymentCommand, Deployment, DeploymentEvent> {

    /** The type of a deployment's stream; its key is the deployment's name. */
    public static final String STREAM = "deployment";

    @Override
    public String streamType() {
        return STREAM;
    }

    @Override
    public Class<DeploymentCommand> commands() {
        return DeploymentCommand.class;
    }

    @Override
    public Class<DeploymentEvent> events() {
        return DeploymentEvent.class;
    }

    @Override
    public Deployment initial() {
        return new Deployment.None();
    }

    @Override
    public List<DeploymentEvent> decide(DeploymentCommand command, Deployment state) {
        return switch (state) {
            case Deployment.None none -> decideNone(command);
            case Deployment.Live live -> decideLive(command, live);
            case Deployment.Deleting deleting -> decideDeleting(command);
        };
    }

    private static List<DeploymentEvent> decideNone(DeploymentCommand command) {
        return switch (command) {
            case DeploymentCommand.Apply apply ->
                    List.of(new DeploymentEvent.Created(apply.spec()));
            case DeploymentCommand.ConfirmDeleted confirm -> List.of();
            case DeploymentCommand.AdoptRevision adopt -> List.of();
            case DeploymentCommand.LoseTenant lost -> List.of();
            case DeploymentCommand.Scale ignored -> throw unknown();
            case DeploymentCommand.Restart ignored -> throw unknown();
            case DeploymentCommand.Delete ignored -> throw unknown();
        };
    }

    private static Rejected unknown() {
        return new Rejected("deployment-unknown", "there is no such deployment; apply it first");
    }

    private static List<DeploymentEvent> decideLive(
            DeploymentCommand command, Deployment.Live live) {
        return switch (command) {
            case DeploymentCommand.Apply apply -> apply(apply.spec(), live);
            case DeploymentCommand.Scale scale ->
                    scale.replicas() == live.spec().replicas()
                            ? List.of()
                            : List.of(new DeploymentEvent.Scaled(scale.replicas()));
            case DeploymentCommand.Restart restart -> restart(live);
            case DeploymentCommand.Delete delete -> List.of(new DeploymentEvent.DeleteRequested());
            case DeploymentCommand.LoseTenant lost ->
                    lost.tenant().equals(live.spec().tenant())
                            ? List.of(new DeploymentEvent.DeleteRequested())
                            : List.of();
            case DeploymentCommand.AdoptRevision adopt -> adopt(adopt, live);
            case DeploymentCommand.ConfirmDeleted confirm -> List.of();
        };
    }

    private static List<DeploymentEvent> restart(Deployment.Live live) {
        if (live.revision() == 0) {
            throw new Rejected(
                    "revision-unknown",
                    "the deployment has not been told the newest revision of plan "
                            + live.spec().template().plan()
                            + " yet; restart it in a moment");
        }
        return List.of(new DeploymentEvent.Restarted());
    }

    private static List<DeploymentEvent> apply(DeploymentSpec spec, Deployment.Live live) {
        if (!spec.tenant().equals(live.spec().tenant())) {
            throw new Rejected(
                    "tenant-immutable",
                    "the deployment belongs to tenant "
                            + live.spec().tenant()
                            + "; a deployment cannot change its owner, create another one");
        }
        return spec.equals(live.spec()) ? List.of() : List.of(new DeploymentEvent.Changed(spec));
    }

    private static List<DeploymentEvent> adopt(
            DeploymentCommand.AdoptRevision adopt, Deployment.Live live) {
        boolean ours = adopt.plan().equals(live.spec().template().plan());
        return ours && adopt.revision() > live.revision()
                ? List.of(new DeploymentEvent.RevisionAdopted(adopt.plan(), adopt.revision()))
                : List.of();
    }

    private static List<DeploymentEvent> decideDeleting(DeploymentCommand command) {
        return switch (command) {
            case DeploymentCommand.Delete delete -> List.of();
            case DeploymentCommand.ConfirmDeleted confirm -> List.of(new DeploymentEvent.Deleted());
            case DeploymentCommand.AdoptRevision adopt -> List.of();
            case DeploymentCommand.LoseTenant lost -> List.of();
            case DeploymentCommand.Apply ignored -> throw deleting();
            case DeploymentCommand.Scale ignored -> throw deleting();
            case DeploymentCommand.Restart ignored -> throw deleting();
        };
    }

    private static Rejected deleting() {
        return new Rejected(
                "deployment-deleting",
                "the deployment is being deleted; wait until its machines are released,"
                        + " or use another name");
    }

    @Override
    public Deployment evolve(Deployment state, DeploymentEvent event) {
        return switch (event) {
            case DeploymentEvent.Created created -> new Deployment.Live(created.spec(), 0);
            case DeploymentEvent.Deleted deleted -> new Deployment.None();
            case DeploymentEvent.Restarted restarted -> state;
            case DeploymentEvent.DeleteRequested requested ->
                    state instanceof Deployment.Live live
                            ? new Deployment.Deleting(live.spec())
                            : state;
            case DeploymentEvent.Changed changed ->
                    state instanceof Deployment.Live live ? changed(live, changed.spec()) : state;
            case DeploymentEvent.Scaled scaled ->
                    state instanceof Deployment.Live live
                            ? new Deployment.Live(
                                    live.spec().scaledTo(scaled.replicas()), live.revision())
                            : state;
            case DeploymentEvent.RevisionAdopted adopted ->
                    state instanceof Deployment.Live live
                            ? new Deployment.Live(live.spec(), adopted.revision())
                            : state;
        };
    }

    private static Deployment changed(Deployment.Live live, DeploymentSpec spec) {
        boolean samePlan = spec.template().plan().equals(live.spec().template().plan());
        return new Deployment.Live(spec, samePlan ? live.revision() : 0);
    }
}

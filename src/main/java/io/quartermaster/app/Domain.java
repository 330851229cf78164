package io.quartermaster.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.BudgetPolicy;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.account.PeriodClosing;
import io.quartermaster.billing.audit.Audit;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.deployment.AttachedVolumes;
import io.quartermaster.deployment.ClosedTenant;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.DeploymentEvent;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.deployment.PlanAdoption;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.deployment.StorageQuota;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.Saga;
import io.quartermaster.es.WireNames;
import io.quartermaster.machine.HostAssignment;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.Recovery;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.TenantDecider;
import io.quartermaster.view.Json;
import io.quartermaster.view.deployment.ClassTable;
import io.quartermaster.view.deployment.DeploymentTable;
import io.quartermaster.view.deployment.PlanTable;
import io.quartermaster.view.host.HostTable;
import io.quartermaster.view.ledger.Books;
import io.quartermaster.view.machine.MachineTable;
import io.quartermaster.view.tenant.TenantTable;
import io.quartermaster.view.volume.VolumeTable;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeEvent;
import java.util.List;

/** Everything the engine has to be told about the domain: a new aggregate or saga joins here. */
public final class Domain {

    private Domain() {}

    /** The rules of all aggregates. */
    public static Rules rules() {
        return new Rules(
                List.of(
                        new HostDecider(),
                        new MachineDecider(),
                        new MachineClass.Rules(),
                        new PlanDecider(),
                        new DeploymentDecider(),
                        new Ownership.Rules(),
                        new VolumeDecider(),
                        new TenantDecider(),
                        new PriceBook.Rules(),
                        new Account.Rules(),
                        new Issuer.Rules(),
                        new Count.Rules(),
                        new Audit.Rules()));
    }

    /** The policies. */
    public static List<Saga<?>> sagas() {
        return List.of(
                new HostAssignment(),
                new Recovery(),
                new PlanAdoption(),
                new RolloutSaga(),
                new AttachedVolumes(),
                new StorageQuota(),
                new ClosedTenant(),
                new BudgetPolicy(),
                new PeriodClosing());
    }

    /** The read tables. */
    public static List<Projection> projections(Json json) {
        return List.of(
                new HostTable(json),
                new MachineTable(json),
                new ClassTable(json),
                new PlanTable(json),
                new DeploymentTable(json),
                new VolumeTable(json),
                new TenantTable(json),
                new Books(json));
    }

    /** The names under which everything is stored. */
    public static Codec codec() {
        return Codec.builder()
                .events(HostEvent.class)
                .events(MachineEvent.class)
                .events(MachineClass.Event.class)
                .events(PlanEvent.class)
                .events(DeploymentEvent.class)
                .events(Ownership.Event.class)
                .events(VolumeEvent.class)
                .events(Tenant.Event.class)
                .events(PriceBook.Event.class)
                .events(AccountEvent.class)
                .events(Issuer.Event.class)
                .events(Count.Event.class)
                .events(Audit.Event.class)
                .commands(HostCommand.class)
                .commands(MachineCommand.class)
                .commands(MachineClass.Command.class)
                .commands(PlanCommand.class)
                .commands(DeploymentCommand.class)
                .commands(Ownership.Command.class)
                .commands(VolumeCommand.class)
                .commands(Tenant.Command.class)
                .commands(PriceBook.Command.class)
                .commands(AccountCommand.class)
                .commands(Issuer.Command.class)
                .commands(Count.Command.class)
                .commands(Audit.Command.class)
                .with(Step.class, WireNames.of(Step.KINDS))
                .with(Step.Wait.Until.class, WireNames.of(Step.Wait.Until.KINDS))
                .with(KubernetesAction.class, WireNames.of(KubernetesAction.KINDS))
                .with(Scheme.class, WireNames.of(Scheme.KINDS))
                .with(Credentials.class, WireNames.of(Credentials.KINDS))
                .upcast("host.enrolled", 1, event -> without(event, "instance"))
                .upcast("host.spec-changed", 1, event -> without(event, "instance"))
                .upcast("machine-class.defined", 1, event -> without(event, "kubernetes"))
                .build();
    }

    /** What older programs stored has no such thing in its specification. */
    private static JsonNode without(JsonNode event, String part) {
        event.withObject("/spec").putNull(part);
        return event;
    }
}

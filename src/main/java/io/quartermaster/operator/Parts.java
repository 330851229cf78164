package io.quartermaster.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.manifest.References;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the operator works with on the daemon's side.
 *
 * @param ids gives each command its id
 */
public record Parts(
        EventLog log,
        Dispatcher dispatcher,
        Aggregates aggregates,
        References references,
        Views views,
        InstantSource clock,
        Supplier<UUID> ids) {

    DeclaredReconciler.Tools tools(KubernetesClient client, Tenancy tenancy) {
        var submission = new Submission(dispatcher, aggregates, references, ids, clock);
        return new DeclaredReconciler.Tools(
                submission,
                new Withdrawal(
                        submission, dispatcher, aggregates, views::stuckMachinesOf, ids, clock),
                views,
                new StatusWriter(client, new Notices(client, clock)),
                tenancy,
                new Conditions(clock),
                new MachineObjects(client, views));
    }
}

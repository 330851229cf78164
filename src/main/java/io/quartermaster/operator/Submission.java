package io.quartermaster.operator;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.deployment.Ownership.Owner;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Receipt;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.manifest.Change;
import io.quartermaster.manifest.Document;
import io.quartermaster.manifest.Kind;
import io.quartermaster.manifest.Manifests;
import io.quartermaster.manifest.MediaKind;
import io.quartermaster.manifest.Observation;
import io.quartermaster.manifest.Reading;
import io.quartermaster.manifest.References;
import io.quartermaster.manifest.Validation;
import io.quartermaster.manifest.Violation;
import io.quartermaster.operator.CustomResources.Resource;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.view.Condition;
import io.quartermaster.volume.VolumeCommand;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * From a custom resource to the same commands that its manifest over HTTP leads to, sent in one
 * append with the note that this resource manages the thing from now on.
 */
final class Submission {
    private final Dispatcher dispatcher;
    private final Aggregates aggregates;
    private final References references;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /**
     * @param ids gives each command its id
     */
    Submission(
            Dispatcher dispatcher,
            Aggregates aggregates,
            References references,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.dispatcher = dispatcher;
        this.aggregates = aggregates;
        this.references = references;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The resource as the manifest that it is.
     *
     * @param tenant what its namespace says, empty when that says nothing
     */
    static String manifest(Resource resource, String tenant) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", resource.name());
        if (!tenant.isEmpty()) metadata.put("tenant", tenant);
        if (!resource.labels().isEmpty()) metadata.put("labels", resource.labels());
        var document = new LinkedHashMap<String, Object>();
        document.put("apiVersion", resource.getApiVersion());
        document.put("kind", resource.getKind());
        document.put("metadata", metadata);
        document.put("spec", resource.spec());
        return Serialization.asJson(document);
    }

    /** Does what the manifest says, or nothing of it. */
    Verdict submit(Kind kind, Resource resource, String manifest) {
        return switch (Manifests.read(manifest, MediaKind.JSON)) {
            case Reading.Unreadable(String code, int line, int column, String reason) ->
                    new Verdict.Refused("Unreadable", reason);
            case Reading.Parsed(List<Document> documents) ->
                    switch (Manifests.validate(documents, references)) {
                        case Validation.Invalid(List<Violation> violations, int omitted) ->
                                invalid(violations, omitted);
                        case Validation.Valid(List<Change> changes) ->
                                untimely(changes).orElseGet(() -> send(kind, resource, changes));
                    };
        };
    }

    private Optional<Verdict> untimely(List<Change> changes) {
        return changes.stream()
                .map(Change::command)
                .filter(VolumeCommand.Report.class::isInstance)
                .map(report -> ((VolumeCommand.Report) report).sighting().observedAt())
                .flatMap(at -> Observation.check(at, clock.instant()).stream())
                .<Verdict>map(
                        unfit ->
                                new Verdict.Refused(
                                        "InvalidSpec", "/spec/observed/at: " + unfit.message()))
                .findFirst();
    }

    private static Verdict invalid(List<Violation> violations, int omitted) {
        var first = violations.getFirst();
        var message = first.pointer() + ": " + first.message();
        if (violations.stream().allMatch(each -> each.code().equals("unknown-reference"))) {
            return new Verdict.Waiting(message);
        }
        int others = violations.size() - 1 + omitted;
        return new Verdict.Refused(
                "InvalidSpec", others == 0 ? message : message + " (and " + others + " more)");
    }

    private Verdict send(Kind kind, Resource resource, List<Change> changes) {
        var thing = kind.stream(resource.name());
        var owner = owner(resource);
        List<Order> orders = new ArrayList<>();
        changes.forEach(
                each -> orders.add(new Order(each.stream(), each.tenant(), each.command())));
        orders.add(
                new Order(
                        Ownership.of(thing),
                        changes.getFirst().tenant(),
                        new Ownership.Command.Take(owner)));
        try {
            if (isTakenOver(kind, thing, orders)
                    && resource.annotation(CustomResources.ADOPT) == null) {
                return exists(kind, resource);
            }
            var receipts = dispatcher.sendAll(orders, Ask.by(actor(resource), ids.get()));
            return new Verdict.Accepted(
                    receipts.stream().mapToLong(Receipt::position).max().orElse(0));
        } catch (Rejected rejected) {
            return new Verdict.Refused(
                    Condition.reason(rejected.code()), String.valueOf(rejected.getMessage()));
        }
    }

    /** Whether it is there without an owner, and would become something else. */
    private boolean isTakenOver(Kind kind, StreamId thing, List<Order> orders) {
        var ownership = aggregates.load(Ownership.of(thing), Ownership.class).state();
        if (ownership instanceof Ownership.Owned) return false;
        return dispatcher.decideOnly(orders).stream()
                .filter(decision -> decision.stream().equals(thing))
                .anyMatch(each -> kind.there(each.before()) && !each.events().isEmpty());
    }

    private static Verdict exists(Kind kind, Resource resource) {
        return new Verdict.Refused(
                "AlreadyExists",
                ("there is a %s %s already, made by another door and with another spec; give this"
                                + " one another name, make them equal, or annotate it with"
                                + " %s=true to let it take over")
                        .formatted(kind.text(), resource.name(), CustomResources.ADOPT));
    }

    /** Whether a resource in that namespace manages the deployment. */
    boolean isOwnedFrom(String namespace, String deployment) {
        var ownership = Ownership.of(Kind.MACHINE_DEPLOYMENT.stream(deployment));
        return aggregates.load(ownership, Ownership.class).state()
                        instanceof Ownership.Owned(Owner owner)
                && owner.namespace().equals(namespace);
    }

    /** Whether there is what the resource stands for; a closed tenant stays in the books only. */
    boolean isThere(Kind kind, Resource resource) {
        Object state = aggregates.load(kind.stream(resource.name()), Object.class).state();
        return kind.there(state) && !(state instanceof Tenant tenant && tenant.closed());
    }

    /** Whether it manages what has its name. */
    boolean owns(Kind kind, Resource resource) {
        var ownership = Ownership.of(kind.stream(resource.name()));
        return aggregates.load(ownership, Ownership.class).state()
                        instanceof Ownership.Owned(Owner owner)
                && owner.uid().equals(resource.uid());
    }

    private static Owner owner(Resource resource) {
        return new Owner(resource.getKind(), resource.namespace(), resource.name(), resource.uid());
    }

    /** Who the log says it was. */
    static String actor(Resource resource) {
        var at = resource.namespace().isEmpty() ? "" : resource.namespace() + "/";
        return "kubernetes:" + at + resource.name();
    }
}

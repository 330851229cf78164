package io.quartermaster.rest;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Receipt;
import io.quartermaster.es.Rejected;
import io.quartermaster.manifest.Change;
import io.quartermaster.manifest.Document;
import io.quartermaster.manifest.Manifests;
import io.quartermaster.manifest.MediaKind;
import io.quartermaster.manifest.Reading;
import io.quartermaster.manifest.Validation;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Problem.Violation;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Precondition;
import io.quartermaster.view.Existing;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** From the text of manifests to the commands that they amount to: all of it or nothing. */
@Singleton
final class Applying {
    private final Commands commands;
    private final Aggregates aggregates;
    private final Existing existing;
    private final InstantSource clock;

    @Inject
    Applying(Commands commands, Aggregates aggregates, Existing existing, InstantSource clock) {
        this.commands = commands;
        this.aggregates = aggregates;
        this.existing = existing;
        this.clock = clock;
    }

    /** What became of a document. */
    enum Result {
        created,
        changed,
        unchanged
    }

    /**
     * A document that was applied, or would be.
     *
     * @param document its index, from 0
     * @param version of the resource afterwards
     */
    record Applied(int document, String kind, String name, Result result, long version) {

        ResourceKind resource() {
            return ResourceKind.ofDocument(kind);
        }

        String location() {
            return resource().location(name);
        }
    }

    /**
     * Reads documents and turns them into what is to be done.
     *
     * @throws Refused with 400 when they cannot be read, with 422 when they are wrong
     */
    List<Change> read(byte[] text, MediaKind media) {
        return switch (Manifests.read(text, media)) {
            case Reading.Parsed(List<Document> documents) -> validate(documents);
            case Reading.Unreadable(String code, int line, int column, String reason) -> {
                var at = "line %d, column %d: %s".formatted(line, column, reason);
                int status = code.equals("too-large") ? 413 : 400;
                throw new Refused(
                        Problem.of(status, code, at)
                                .with(List.of(new Violation(null, line, "", code, reason))));
            }
        };
    }

    private List<Change> validate(List<Document> documents) {
        return switch (Manifests.validate(documents, existing)) {
            case Validation.Valid(List<Change> changes) -> {
                changes.forEach(this::checkTime);
                yield changes;
            }
            case Validation.Invalid invalid -> {
                var found =
                        invalid.violations().stream()
                                .map(
                                        each ->
                                                new Violation(
                                                        each.document(),
                                                        each.line(),
                                                        each.pointer(),
                                                        each.code(),
                                                        each.message()))
                                .toList();
                var all = found.size() + invalid.omitted();
                var detail =
                        "%d things are wrong, so nothing was done; the first: %s: %s"
                                .formatted(
                                        all,
                                        found.getFirst().pointer(),
                                        found.getFirst().message());
                throw new Refused(Problem.of(422, "invalid-manifest", detail).with(found));
            }
        };
    }

    private void checkTime(Change change) {
        if (change.command() instanceof VolumeCommand.Report(String ignored, Sighting sighting)) {
            ObservedTime.check("/spec/observed/at", sighting.observedAt(), clock);
        }
    }

    /** Does it, or nothing of it. */
    List<Applied> apply(List<Change> changes, Precondition precondition) {
        var all = orders(changes, precondition);
        var receipts = allOrNone(() -> commands.send(all));
        var applied = new ArrayList<Applied>();
        for (int i = 0; i < changes.size(); i++) {
            if (isMain(changes.get(i))) applied.add(applied(changes.get(i), receipts.get(i)));
        }
        return applied;
    }

    /** What it would lead to; nothing is done. */
    List<Applied> rehearse(List<Change> changes, Precondition precondition) {
        var all = orders(changes, precondition);
        var decisions = allOrNone(() -> commands.decideOnly(all));
        var applied = new ArrayList<Applied>();
        for (int i = 0; i < changes.size(); i++) {
            var change = changes.get(i);
            if (!isMain(change)) continue;
            var decision = decisions.get(i);
            var events = decision.events().size();
            var result = result(change, decision.before(), events);
            applied.add(applied(change, result, decision.version() + events));
        }
        return applied;
    }

    /**
     * In an apply, nothing is at an address that could be unknown: what is missing was referred to.
     */
    private static <T> T allOrNone(Supplier<T> work) {
        try {
            return work.get();
        } catch (Rejected rejected) {
            throw new Refused(409, rejected.code(), String.valueOf(rejected.getMessage()));
        }
    }

    /**
     * One for each change, in order, and after them what looks whether each may be changed here.
     */
    private List<Order> orders(List<Change> changes, Precondition precondition) {
        var orders = new ArrayList<Order>();
        changes.forEach(change -> orders.add(order(change, precondition)));
        changes.stream()
                .filter(Applying::isMain)
                .map(change -> Commands.checkFree(change.stream()))
                .forEach(orders::add);
        return orders;
    }

    private Order order(Change change, Precondition precondition) {
        var order = new Order(change.stream(), change.tenant(), change.command());
        if (!isMain(change) || precondition instanceof Precondition.None) return order;
        var now = aggregates.load(change.stream(), Object.class);
        var kind = ResourceKind.ofDocument(change.kind());
        return precondition.bind(order, now.version(), kind.there(now.state()));
    }

    /** A thing also tells its tenant, plan or class; what counts for the caller is itself. */
    private static boolean isMain(Change change) {
        var kind = ResourceKind.ofDocument(change.kind());
        return change.stream().equals(kind.stream(change.name()));
    }

    /** Looks at what was before the command, so that a repeat of it gets the same answer. */
    private Applied applied(Change change, Receipt receipt) {
        var before = receipt.version() - receipt.events();
        var state = aggregates.loadAt(change.stream(), before, Object.class).state();
        return applied(change, result(change, state, receipt.events()), receipt.version());
    }

    private static Result result(Change change, Object before, int events) {
        if (!ResourceKind.ofDocument(change.kind()).there(before)) return Result.created;
        return events == 0 ? Result.unchanged : Result.changed;
    }

    private static Applied applied(Change change, Result result, long version) {
        return new Applied(change.document(), change.kind(), change.name(), result, version);
    }
}

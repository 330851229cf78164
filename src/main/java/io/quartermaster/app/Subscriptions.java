package io.quartermaster.app;

import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.subscription.Build;
import io.quartermaster.engine.subscription.Checkpoint;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionLoop;
import io.quartermaster.view.CaughtUp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** All subscriptions at work: those that fill views, and those that sagas listen with. */
final class Subscriptions implements CaughtUp, AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration ADVANCE_EVERY = Duration.ofSeconds(5);

    private final Views views;
    private final List<Subscription> sagas;
    private final Subscriber.Ports ports;
    private final LeaseKeeper keeper;
    private final Map<String, List<SubscriptionLoop>> loops = new ConcurrentHashMap<>();
    private final WorkLoop advancing =
            new WorkLoop("view builds", ADVANCE_EVERY, List.of(), this::advance);
    private volatile Set<String> serving = Set.of();
    private List<Build> known = List.of();

    /** The views, and what keeps them. */
    record Views(Projections projections, List<Projection> all) {}

    Subscriptions(
            Views views, List<Subscription> sagas, Subscriber.Ports ports, LeaseKeeper keeper) {
        this.views = views;
        this.sagas = sagas;
        this.ports = ports;
        this.keeper = keeper;
    }

    void start() {
        sagas.forEach(this::start);
        refresh();
        advancing.start();
    }

    /** The log has grown, or may have; returns at once. */
    void wake() {
        loops.values().forEach(ranges -> ranges.forEach(SubscriptionLoop::wake));
    }

    private void start(Subscription subscription) {
        loops.computeIfAbsent(
                subscription.name(),
                name ->
                        subscription.ranges().stream()
                                .map(
                                        slices ->
                                                new SubscriptionLoop(
                                                        subscription, slices, ports, keeper))
                                .peek(SubscriptionLoop::start)
                                .toList());
    }

    private boolean advance() {
        // Another replica, or a person, may have begun a build as well.
        var builds = views.projections().builds();
        boolean filling = builds.stream().anyMatch(build -> build.state() == Build.State.FILLING);
        if (filling && views.projections().advance()) builds = views.projections().builds();
        if (!builds.equals(known)) refresh();
        known = builds;
        return false;
    }

    private void refresh() {
        var wanted = views.projections().subscriptions();
        wanted.forEach(this::start);
        var keep =
                wanted.stream()
                        .map(Subscription::name)
                        .collect(Collectors.toCollection(HashSet::new));
        sagas.forEach(saga -> keep.add(saga.name()));
        for (var name : Set.copyOf(loops.keySet())) {
            if (!keep.contains(name)) {
                loops.getOrDefault(name, List.of()).forEach(SubscriptionLoop::close);
                loops.remove(name);
            }
        }
        serving =
                views.all().stream()
                        .flatMap(view -> views.projections().serving(view.name()).stream())
                        .map(Build::subscriber)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean await(long position, Duration timeout) throws InterruptedException {
        var clock = ports.settings().clock();
        Instant end = clock.instant().plus(timeout);
        while (shown() < position) {
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
        return true;
    }

    /** Up to where all views have come, whichever replica works on them. */
    private long shown() {
        long here = Long.MAX_VALUE;
        for (String view : serving) {
            var position = position(loops.getOrDefault(view, List.of()));
            if (position.isEmpty()) return shownElsewhere();
            here = Math.min(here, position.getAsLong());
        }
        return here;
    }

    private static OptionalLong position(List<SubscriptionLoop> ranges) {
        long least = Long.MAX_VALUE;
        for (var range : ranges) {
            var position = range.position();
            if (position.isEmpty()) return position;
            least = Math.min(least, position.getAsLong());
        }
        return ranges.isEmpty() ? OptionalLong.empty() : OptionalLong.of(least);
    }

    /** Checkpoints follow a moment later where nothing concerned the view. */
    private long shownElsewhere() {
        return ports.store().checkpoints().stream()
                .filter(checkpoint -> serving.contains(checkpoint.subscriber()))
                .mapToLong(Checkpoint::position)
                .min()
                .orElse(0);
    }

    @Override
    public void close() {
        advancing.close();
        loops.values().forEach(ranges -> ranges.forEach(SubscriptionLoop::close));
    }
}

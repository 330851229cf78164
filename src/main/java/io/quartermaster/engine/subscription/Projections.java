package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.Tx;
import io.quartermaster.engine.subscription.Build.State;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps read tables up to date and builds them anew beside the ones that serve. What has to run is
 * what {@link #subscriptions()} says; {@link #advance()} is called now and then and switches builds
 * that have caught up.
 */
public final class Projections {
    private final Database database;
    private final InstantSource clock;
    private final Map<String, Projection> projections = new LinkedHashMap<>();

    /** Refuses two projections of one name. */
    public Projections(Database database, List<Projection> projections, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        for (var each : projections) {
            if (this.projections.put(each.name(), each) != null) {
                throw new IllegalStateException("two projections are named " + each.name());
            }
        }
    }

    /**
     * The subscriptions that fill the present builds. Makes a build for every projection that has
     * none of its version or a later one; a projection's very first build is shown from the start.
     */
    public List<Subscription> subscriptions() {
        return database.transact(
                connection -> {
                    var builds = new Builds(connection);
                    builds.lock();
                    var wanted = new ArrayList<Subscription>();
                    for (var projection : projections.values()) {
                        for (var build : current(builds, projection)) {
                            wanted.add(subscription(projection, build));
                        }
                    }
                    return wanted;
                });
    }

    /** Those of this program's version; a later program's tables are not for this one to fill. */
    private List<Build> current(Builds builds, Projection projection) throws SQLException {
        var known = builds.of(projection.name());
        if (known.stream().allMatch(build -> build.version() < projection.version())) {
            builds.create(projection, clock.instant());
            known = builds.of(projection.name());
        }
        boolean superseded =
                known.stream().anyMatch(build -> build.version() > projection.version());
        return known.stream()
                .filter(build -> build.version() == projection.version())
                .filter(build -> superseded || build.state() != State.RETIRED)
                .toList();
    }

    /**
     * Shows the builds that have come as far as the ones that are shown.
     *
     * @return whether any was switched, so that {@link #subscriptions()} has changed
     */
    public boolean advance() {
        var filling = database.call(connection -> new Builds(connection).filling());
        boolean switched = false;
        for (var build : filling) {
            if (!projections.containsKey(build.projection())) continue;
            switched |= database.transact(c -> advance(new Builds(c), build.projection()));
        }
        return switched;
    }

    private boolean advance(Builds builds, String name) throws SQLException {
        builds.lock();
        var filling = filling(builds, name);
        if (filling.isEmpty()) return false;
        var serving = serving(builds, name);
        var shown = serving.isPresent() ? builds.position(serving.get()) : Optional.of(0L);
        var reached = builds.position(filling.get());
        if (reached.isEmpty() || reached.get() < shown.orElse(0L)) return false;
        builds.show(filling.get(), clock.instant());
        return true;
    }

    private static Optional<Build> filling(Builds builds, String name) throws SQLException {
        return builds.of(name).stream().filter(b -> b.state() == State.FILLING).findFirst();
    }

    private static Optional<Build> serving(Builds builds, String name) throws SQLException {
        return builds.of(name).stream().filter(b -> b.state() == State.SERVING).findFirst();
    }

    /**
     * Starts to build a projection anew beside the one that serves; one that is being built already
     * goes on.
     *
     * @return the build
     * @throws IllegalArgumentException when there is no such projection
     */
    public Build rebuild(String name) {
        var projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException(
                    "no projection is named '" + name + "'; there are " + projections.keySet());
        }
        return database.transact(
                connection -> {
                    var builds = new Builds(connection);
                    builds.lock();
                    var filling = filling(builds, name);
                    if (filling.isPresent()) return filling.get();
                    return builds.create(projection, clock.instant());
                });
    }

    /** All builds there are, of any program's version. */
    public List<Build> builds() {
        return database.call(connection -> new Builds(connection).all());
    }

    /** The build that the views of a projection show, if there is one. */
    public Optional<Build> serving(String name) {
        return database.call(connection -> serving(new Builds(connection), name));
    }

    private static Subscription subscription(Projection projection, Build build) {
        return Subscription.pure(
                build.subscriber(), projection.eventRoots(), new Filling(projection, build));
    }

    /** Applies a projection within its build's schema. */
    private record Filling(Projection projection, Build build) implements Subscription.Pure {

        @Override
        public void entering(Tx tx) throws SQLException {
            Database.query(
                    ((SqlTx) tx).connection(),
                    "SELECT set_config('search_path', ?, true)",
                    row -> true,
                    build.schema() + ", public");
        }

        @Override
        public void handle(Envelope<?> event, Tx tx) throws SQLException {
            projection.apply(event, (SqlTx) tx);
        }
    }
}

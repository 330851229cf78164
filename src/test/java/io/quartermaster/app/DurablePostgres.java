package io.quartermaster.app;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The daemon's own PostgreSQL, started as {@code serve} starts it: what it says is on the disk. */
public final class DurablePostgres implements AutoCloseable {
    public static final String USER = PostgresCluster.USER;
    private final PostgresServer server;
    private final String password;

    private DurablePostgres(PostgresServer server, String password) {
        this.server = server;
        this.password = password;
    }

    /** Starts it with its data below the folder. */
    public static DurablePostgres start(Path folder) {
        var data = DataDirectory.open(folder, new SecureRandom());
        data.lock();
        var password = data.secret("postgres.password");
        var cluster =
                new PostgresCluster(
                        PostgresBinaries.unpackedBelow(data.root()),
                        data.makeDirectory("postgres"),
                        data.resolve("postgres.password"),
                        PostgresLaunch.onThisSystem());
        return new DurablePostgres(PostgresServer.start(cluster, List.of()), password);
    }

    /** The address of one of its databases, without user and password. */
    public String jdbcUrl(String database) {
        return server.jdbcUrl().replaceFirst("[^/]*$", database);
    }

    public int port() {
        return URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    public String password() {
        return password;
    }

    @Override
    public void close() {
        server.close();
    }
}

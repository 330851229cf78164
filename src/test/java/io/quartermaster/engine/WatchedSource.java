package io.quartermaster.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/** A data source whose every trip to the server somebody may count, delay or prevent. */
public final class WatchedSource {
    private static final Set<String> TRIPS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit");
    private final DataSource source;
    private final Watch watch;

    /** A trip to the server. */
    @FunctionalInterface
    public interface Trip {
        Object go() throws Throwable;
    }

    /** Stands between a statement and the server. */
    @FunctionalInterface
    public interface Watch {
        Object meet(Connection connection, Trip trip) throws Throwable;
    }

    public WatchedSource(DataSource source, Watch watch) {
        this.source = source;
        this.watch = watch;
    }

    public DataSource dataSource() {
        return proxy(
                DataSource.class,
                (_, method, arguments) -> {
                    var result = invoke(source, method, arguments);
                    return result instanceof Connection real ? connection(real) : result;
                });
    }

    private Connection connection(Connection real) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    if (TRIPS.contains(method.getName())) {
                        return watch.meet(real, () -> invoke(real, method, arguments));
                    }
                    var result = invoke(real, method, arguments);
                    return switch (result) {
                        case PreparedStatement each ->
                                statement(PreparedStatement.class, each, real);
                        case Statement each -> statement(Statement.class, each, real);
                        case null, default -> result;
                    };
                });
    }

    private <T extends Statement> T statement(Class<T> type, T real, Connection connection) {
        return proxy(
                type,
                (_, method, arguments) -> {
                    if (!TRIPS.contains(method.getName())) return invoke(real, method, arguments);
                    return watch.meet(connection, () -> invoke(real, method, arguments));
                });
    }

    private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            // the driver asserts that it is never cut off in the middle of a batch
            if (e.getCause() instanceof AssertionError cut)
                throw new SQLException("cut off", "08006", cut);
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        var loader = WatchedSource.class.getClassLoader();
        return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
    }
}

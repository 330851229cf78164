package io.quartermaster.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a replica and what it shares with others: before and after each call it may die.
 */
final class Interposed implements InvocationHandler {

    /** What changes something, and is not part of a transaction. */
    private static final Set<String> CHANGES =
            Set.of(
                    "append",
                    "acquire",
                    "acquireAny",
                    "renew",
                    "release",
                    "fire",
                    "sent",
                    "rejected",
                    "postponed",
                    "open",
                    "advance");

    private final Object real;
    private final Runnable await;

    private Interposed(Object real, Runnable await) {
        this.real = real;
        this.await = await;
    }

    static <T> T on(Class<T> port, T real, Runnable await) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(), new Class<?>[] {port}, new Interposed(real, await)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean changes = CHANGES.contains(method.getName());
        if (changes) {
            await.run();
        }
        try {
            @Nullable Object result = method.invoke(real, arguments);
            if (changes) {
                await.run();
            }
            return result;
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}

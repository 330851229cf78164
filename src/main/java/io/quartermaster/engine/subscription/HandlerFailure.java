package io.quartermaster.engine.subscription;

import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.Tx;
import io.quartermaster.engine.subscription.Subscription.Effect;
import io.quartermaster.engine.subscription.Subscription.Pure;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.List;

/** Carries what a handler threw out of the transaction in which it threw it. */
final class HandlerFailure extends RuntimeException {

    private HandlerFailure(Exception cause) {
        super(cause);
    }

    static void call(Pure handler, List<Envelope<?>> events, Tx tx) {
        try {
            if (!events.isEmpty()) handler.entering(tx);
            for (var event : events) handler.handle(event, tx);
        } catch (Exception e) {
            throw new HandlerFailure(e);
        }
    }

    static void call(Effect handler, Envelope<?> event) {
        try {
            handler.handle(event);
        } catch (Exception e) {
            throw new HandlerFailure(e);
        }
    }

    /**
     * What the handler has to answer for.
     *
     * @throws RuntimeException the failure itself when it has not: the connection broke, others
     *     were in the way, somebody else has taken over, or it was told to stop
     */
    static Exception blame(RuntimeException failure) {
        var cause = failure instanceof HandlerFailure ? failure.getCause() : failure;
        return switch (cause) {
            case InterruptedException stop -> {
                Thread.currentThread().interrupt();
                throw failure;
            }
            case StorageFailure storage when isNobodysFault(storage) -> throw storage;
            case StorageFailure storage -> storage;
            case SQLException sql when isNobodysFault(new StorageFailure(sql)) ->
                    throw new StorageFailure(sql);
            case Exception own when failure instanceof HandlerFailure -> own;
            case null, default -> throw failure;
        };
    }

    private static boolean isNobodysFault(StorageFailure failure) {
        return failure.isOutcomeUnknown() || failure.isLostRace();
    }
}

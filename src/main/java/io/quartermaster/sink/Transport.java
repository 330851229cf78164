package io.quartermaster.sink;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Carries requests to other sides over HTTP. */
@FunctionalInterface
public interface Transport {

    /**
     * Sends a request once and waits for the answer; follows no redirect.
     *
     * @param token goes as {@code Authorization: Bearer}, absent for none
     */
    Answer send(URI address, Request request, @Nullable String token);
}

package io.quartermaster.rest.access;

import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Refuses new work while the daemon drains; what only reads is answered to the end. */
@Provider
public final class DrainFilter implements ContainerRequestFilter {
    private static final Set<String> READING =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private final Draining draining;

    @Inject
    public DrainFilter(Draining draining) {
        this.draining = draining;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        if (draining.begun() && !READING.contains(context.getMethod())) throw Draining.refusal();
    }
}

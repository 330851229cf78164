package io.quartermaster.rest.request;

import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import jakarta.annotation.Priority;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that a call does not know, and those given twice: who writes {@code
 * dryrun=true} must not get the real thing.
 */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public final class QueryFilter implements ContainerRequestFilter {
    private static final int LONGEST = 2048;
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    // JAX-RS fills it in.
    @SuppressWarnings("NullAway.Init")
    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext context) {
        var given = context.getUriInfo().getQueryParameters();
        if (given.isEmpty()) return;
        var takes = known.computeIfAbsent(resource.getResourceMethod(), QueryFilter::takes);
        given.forEach(
                (name, values) -> {
                    if (!takes.contains(name)) throw unknown(name, takes);
                    if (values.size() > 1) {
                        throw Refused.parameter(name, values.getLast(), "give it only once");
                    }
                    if (values.getFirst().length() > LONGEST) {
                        throw Refused.parameter(
                                name,
                                values.getFirst(),
                                "it takes up to %d characters".formatted(LONGEST));
                    }
                });
    }

    private static Refused unknown(String name, Set<String> takes) {
        var right = takes.isEmpty() ? "none" : String.join(", ", takes);
        var detail =
                "there is no parameter '%s'; this call takes: %s"
                        .formatted(Problem.excerpt(name), right);
        return new Refused(400, "unknown-parameter", detail);
    }

    private static Set<String> takes(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            collect(parameter, names);
            if (!parameter.isAnnotationPresent(BeanParam.class)) continue;
            for (var part : parameter.getType().getDeclaredFields()) collect(part, names);
        }
        return names;
    }

    private static void collect(AnnotatedElement element, Set<String> names) {
        var query = element.getAnnotation(QueryParam.class);
        if (query != null) names.add(query.value());
    }
}

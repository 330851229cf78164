package io.quartermaster.rest.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods there are at which paths, for the header {@code Allow} that goes with a 405 (RFC
 * 9110, 15.5.6); the framework knows it but does not tell.
 */
@Singleton
public final class Routes {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^/}]+}");
    private final List<Route> routes = new ArrayList<>();

    private record Route(Pattern path, String method) {}

    @Inject
    public Routes(BeanManager beans) {
        beans.getBeans(Object.class, Any.Literal.INSTANCE)
                .forEach(bean -> add(bean.getBeanClass()));
    }

    private void add(Class<?> resource) {
        var root = resource.getAnnotation(Path.class);
        if (root == null) return;
        for (var method : resource.getMethods()) {
            designator(method).ifPresent(word -> routes.add(new Route(path(root, method), word)));
        }
    }

    private static Optional<String> designator(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                .filter(each -> each != null)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Pattern path(Path root, Method method) {
        var below = method.getAnnotation(Path.class);
        var template = root.value() + (below == null ? "" : below.value());
        return Pattern.compile(PARAMETER.matcher(template).replaceAll("[^/]+") + "/*");
    }

    /** The methods at a path, HEAD and OPTIONS included, in alphabetical order. */
    Set<String> allowedAt(String path) {
        var allowed = new TreeSet<String>();
        for (var route : routes) {
            if (route.path().matcher(path).matches()) allowed.add(route.method());
        }
        if (allowed.contains(HttpMethod.GET)) allowed.add(HttpMethod.HEAD);
        allowed.add(HttpMethod.OPTIONS);
        return allowed;
    }
}

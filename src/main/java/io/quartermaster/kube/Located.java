package io.quartermaster.kube;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An object at its place in the API.
 *
 * @param resource what it is one of
 * @param namespace empty for what is not namespaced
 * @param name fit for a path
 */
record Located(Kinds.Resource resource, String namespace, String name) {

    /** Where it is read and changed. */
    String path() {
        return collection() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Where it is created. */
    String collection() {
        String group = resource.apiVersion().contains("/") ? "/apis/" : "/api/";
        String place = resource.isNamespaced() ? "/namespaces/" + namespace : "";
        return group + resource.apiVersion() + place + "/" + resource.plural();
    }

    @Override
    public String toString() {
        String where = resource.isNamespaced() ? " in namespace " + namespace : "";
        return resource.kind() + " " + name + where;
    }
}

package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.kube.Api.Killed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks an API server to end pods, which it does unless a disruption budget forbids it. */
final class Eviction {
    private final Api api;
    private final @Nullable Integer gracePeriodSeconds;
    private @Nullable String version;

    Eviction(Api api, @Nullable Integer gracePeriodSeconds) {
        this.api = api;
        this.gracePeriodSeconds = gracePeriodSeconds;
    }

    /** Asks for a pod's end; returns why it may not end now, or nothing. */
    String evict(Pod pod) throws ClusterException, InterruptedException, Killed {
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/" + version()).put("kind", "Eviction");
        eviction.putObject("metadata")
                .put("name", pod.place().name())
                .put("namespace", pod.place().namespace());
        ObjectNode options = eviction.putObject("deleteOptions");
        options.putObject("preconditions").put("uid", pod.live().at("/metadata/uid").asText());
        if (gracePeriodSeconds != null) {
            options.put("gracePeriodSeconds", gracePeriodSeconds);
        }
        try {
            api.create(pod.place().path() + "/eviction", pod.place(), eviction);
            return "";
        } catch (ClusterException e) {
            if (e.isAway() || e.isStatus(401) || e.isStatus(403)) {
                throw e;
            }
            // 404 and 409: it is gone, or another one by now; the next look tells.
            return e.isStatus(404) || e.isStatus(409) ? "" : e.said();
        }
    }

    /** Servers before 1.22 know v1beta1 only, those since 1.25 v1 only. */
    private String version() throws ClusterException, InterruptedException {
        if (version == null) {
            version = discovered();
        }
        return version;
    }

    private String discovered() throws ClusterException, InterruptedException {
        Optional<JsonNode> core = api.read("/api/v1");
        for (JsonNode each : core.map(list -> list.path("resources")).orElseThrow()) {
            if (each.path("name").asText().equals("pods/eviction")) {
                return each.path("version").asText("v1");
            }
        }
        return "v1";
    }
}

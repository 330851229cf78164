package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quartermaster.operator.CustomResources.Resource;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Kubernetes Events for what a person would look for in {@code kubectl describe}. They are a
 * courtesy that may be lost; the log is the history.
 */
final class Notices {
    private static final Logger LOG = Logger.getLogger(Notices.class);
    private static final String COMPONENT = "quartermaster";

    /** Of an Event's message. */
    private static final int LONGEST = 1000;

    /** Names of Events whose repeats are counted. */
    private static final int REMEMBERED = 1000;

    private final KubernetesClient client;
    private final InstantSource clock;

    private final Map<String, Integer> counts = Collections.synchronizedMap(new Recent());

    private static final class Recent extends LinkedHashMap<String, Integer> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    }

    Notices(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * A status was written: what became true or false in it, as far as it tells people something.
     */
    void changed(Resource resource, Map<?, ?> before, Map<String, Object> after) {
        for (Map<?, ?> condition : conditions(after)) {
            var type = String.valueOf(condition.get("type"));
            boolean holds = "True".equals(condition.get("status"));
            if (isNews(type, holds, condition, conditions(before))) {
                tell(
                        resource,
                        type.equals("Stalled") ? "Warning" : "Normal",
                        String.valueOf(condition.get("reason")),
                        type + ": " + condition.get("message"));
            }
        }
    }

    private static boolean isNews(
            String type, boolean holds, Map<?, ?> now, List<Map<?, ?>> before) {
        if (!holds || !List.of("Ready", "Available", "Stalled", "Deleting").contains(type)) {
            return false;
        }
        return before.stream()
                .noneMatch(
                        old ->
                                type.equals(old.get("type"))
                                        && "True".equals(old.get("status"))
                                        && Objects.equals(old.get("reason"), now.get("reason")));
    }

    private static List<Map<?, ?>> conditions(Map<?, ?> status) {
        return status.get("conditions") instanceof List<?> all
                ? all.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                        .toList()
                : List.of();
    }

    /** The same about the same is one Event that counts. */
    private void tell(Resource about, String type, String reason, String message) {
        var namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        var seed = about.uid() + "/" + type + "/" + reason + "/" + message;
        var hash = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        var event =
                event(about, type, reason, message)
                        .editMetadata()
                        .withName(about.name() + "." + hash.replace("-", "").substring(0, 16))
                        .withNamespace(namespace)
                        .endMetadata()
                        .build();
        try {
            create(event);
        } catch (KubernetesClientException e) {
            LOG.debugf("No Event %s for %s: %s", reason, about.name(), e.getMessage());
        }
    }

    private void create(Event event) {
        var name = event.getMetadata().getName();
        try {
            client.resource(event).create();
            counts.put(name, 1);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
            // The account may not read Events; what an earlier process counted is not known.
            int count = counts.merge(name, 2, (known, any) -> known + 1);
            var again = "{\"count\":%d,\"lastTimestamp\":\"%s\"}";
            client.resource(event)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            again.formatted(count, event.getLastTimestamp()));
        }
    }

    private EventBuilder event(Resource about, String type, String reason, String message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.name())
                .withUid(about.uid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message.substring(0, Math.min(LONGEST, message.length())))
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance(COMPONENT)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1);
    }
}

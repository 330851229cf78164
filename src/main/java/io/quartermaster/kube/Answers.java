package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.quartermaster.kube.ClusterException.Answer;
import io.quartermaster.kube.ClusterException.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what an API server says when it does not do something: a {@code Status} of its API. */
final class Answers {
    private static final int LONGEST = 1000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    static ClusterException refused(HttpResponse<String> response, String request, String server) {
        String body = response.body() == null ? "" : response.body();
        Answer answer = answer(response.code(), body);
        return switch (answer.status()) {
            // Too much to do, or not able to do anything now: that is no verdict on the request.
            case 429, 502, 503, 504 ->
                    answer.isCausedBy("DisruptionBudget")
                            ? ClusterException.refused(answer, Failures.refused(answer, request))
                            : ClusterException.away(Failures.unreachable(server, answer.message()));
            default -> ClusterException.refused(answer, Failures.refused(answer, request));
        };
    }

    /** The sentence in an answer's body. */
    static String message(int status, byte[] body) {
        return answer(status, new String(body, StandardCharsets.UTF_8)).message();
    }

    private static Answer answer(int status, String body) {
        JsonNode said = parsed(body);
        String message = said.path("message").asText();
        if (message.isEmpty()) {
            message = body.isBlank() ? "status " + status : body.strip();
        }
        List<Cause> causes = new ArrayList<>();
        for (JsonNode cause : said.path("details").path("causes")) {
            causes.add(
                    new Cause(
                            cause.path("reason").asText(),
                            clipped(cause.path("message").asText()),
                            cause.path("field").asText()));
        }
        return new Answer(status, said.path("reason").asText(), clipped(message), causes);
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}

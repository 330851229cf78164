package io.quartermaster.sink;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.sink.Answer.Answered;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lago's API v1: {@code POST /api/v1/events}, and {@code /events/batch} for 1 to 100, of which it
 * takes all or none and names the faults by index. What it has already is a fault too, the only one
 * that means success.
 */
record LagoContract(Sink.Lago sink) implements Contract {
    private static final String PATH = "/api/v1/events";
    private static final String JSON = "application/json";

    /** More in one request are refused. */
    static final int MOST = 100;

    @Override
    public int most() {
        return sink.batch();
    }

    @Override
    public Optional<String> unfit(UsageRecord slice) {
        return slice.slice().about().tenant().isEmpty()
                ? Optional.of("the slice has no tenant, and so no subscription, which is required")
                : Optional.empty();
    }

    @Override
    public Request say(List<UsageRecord> slices) {
        if (slices.size() == 1) {
            var event = JsonBody.write(Map.of("event", event(slices.getFirst())));
            return Request.post(PATH, JSON, event);
        }
        var events = Map.of("events", slices.stream().map(this::event).toList());
        return Request.post(PATH + "/batch", JSON, JsonBody.write(events));
    }

    private Map<String, Object> event(UsageRecord usage) {
        var slice = usage.slice();
        var event = new LinkedHashMap<String, Object>();
        event.put("transaction_id", usage.id().toString());
        event.put("external_subscription_id", subscription(slice.about().tenant()));
        event.put("code", sink.codes().getOrDefault(slice.meter(), slice.meter()));
        event.put("timestamp", seconds(slice.from()));
        event.put("properties", properties(usage));
        return event;
    }

    private String subscription(String tenant) {
        var mapped = sink.subscriptions().get(tenant);
        return mapped == null ? sink.subscription().replace("{tenant}", tenant) : mapped;
    }

    /** Unix seconds as text, with a fraction where there is one. */
    static String seconds(Instant at) {
        return BigDecimal.valueOf(at.getEpochSecond())
                .add(BigDecimal.valueOf(at.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** All texts, and flat, as filters and groups of billable metrics want them. */
    private static Map<String, String> properties(UsageRecord usage) {
        var slice = usage.slice();
        var about = slice.about();
        var properties = new LinkedHashMap<String, String>();
        properties.put("quantity", slice.quantity().toString());
        properties.put("unit", Meter.unit(slice.meter()));
        properties.put("resource", slice.resource());
        properties.put("tenant", about.tenant());
        properties.put("product", about.product());
        properties.put("deployment", about.group());
        properties.put("phase", about.phase().name().toLowerCase(Locale.ROOT));
        properties.put("from", slice.from().toString());
        properties.put("to", slice.to().toString());
        properties.put("revision", Integer.toString(slice.revision()));
        new TreeMap<>(about.labels())
                .forEach((label, value) -> properties.put("label_" + label, value));
        return properties;
    }

    @Override
    public Verdict judge(List<UsageRecord> slices, Answer answer, Instant now) {
        if (answer instanceof Answered(int status, var headers, String body) && status == 422) {
            var details = JsonBody.read(body).path("error_details");
            if (details.isObject() && !details.isEmpty()) return faults(slices, details, answer);
        }
        return Statuses.judge(answer, success -> Optional.empty(), now);
    }

    private static Verdict faults(List<UsageRecord> slices, JsonNode details, Answer answer) {
        if (slices.size() == 1 && !details.has("0")) {
            return isKnown(details)
                    ? new Verdict.Delivered()
                    : new Verdict.Refused(answer.summary());
        }
        var known = new HashSet<Long>();
        var refused = new HashMap<Long, String>();
        for (int i = 0; i < slices.size(); i++) {
            var fault = details.path(Integer.toString(i));
            if (fault.isMissingNode()) continue;
            long seq = slices.get(i).seq();
            if (isKnown(fault)) known.add(seq);
            else refused.put(seq, Answer.excerpt("422 " + fault));
        }
        return known.isEmpty() && refused.isEmpty()
                ? new Verdict.Refused(answer.summary())
                : new Verdict.Partly(known, refused);
    }

    /** Nothing else is wrong with it than that it is there already. */
    private static boolean isKnown(JsonNode fault) {
        var why = fault.path("transaction_id");
        return fault.size() == 1
                && why.size() == 1
                && why.path(0).asText().equals("value_already_exist");
    }

    @Override
    public Optional<Request> ask(UsageRecord slice) {
        return Optional.of(Request.get(PATH + "/" + slice.id()));
    }

    @Override
    public Finding find(UsageRecord slice, Answer answer) {
        if (!(answer instanceof Answered(int status, var headers, String body))) {
            return new Finding.Unknown(answer.summary());
        }
        var found = JsonBody.read(body).at("/event/transaction_id").asText();
        if (status == 200 && found.equals(slice.id().toString())) return new Finding.Kept();
        return status == 404
                ? new Finding.Dropped("it was accepted, and is not found: " + answer.summary())
                : new Finding.Unknown(answer.summary());
    }
}

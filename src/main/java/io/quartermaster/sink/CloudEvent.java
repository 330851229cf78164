package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.billing.usage.Meter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An event of the CloudEvents specification 1.0.2, with the attributes that it requires, and a few
 * more. The same thing told again is the same event, to the byte.
 *
 * @param type what happened, in reverse-DNS form with a version
 * @param subject what it happened to
 * @param data an object; numbers that may be large or fractional are texts in it
 */
public record CloudEvent(
        UUID id, String source, String type, Instant time, String subject, Map<String, ?> data) {

    /** The media type of one event in structured mode. */
    public static final String STRUCTURED = "application/cloudevents+json";

    /** The media type of several events. */
    public static final String BATCH = "application/cloudevents-batch+json";

    /** An event must be smaller than that, else intermediaries may drop it (5, size limits). */
    public static final int TOO_LARGE = 64 * 1024;

    private static final String PRINTABLE_BUT_ENCODED = " \"%";

    /**
     * A slice of usage. Its time is where the slice begins, so that whoever sums up by windows of
     * time puts it into the right one.
     *
     * @param source of all events of this installation
     */
    static CloudEvent of(UsageRecord usage, String source, String subject) {
        var slice = usage.slice();
        return new CloudEvent(
                usage.id(),
                source,
                "io.quartermaster.usage." + slice.meter() + ".v1",
                slice.from(),
                subject,
                data(usage));
    }

    private static Map<String, Object> data(UsageRecord usage) {
        var slice = usage.slice();
        var about = slice.about();
        var data = new LinkedHashMap<String, Object>();
        data.put("meter", slice.meter());
        data.put("quantity", slice.quantity().toString());
        data.put("unit", Meter.unit(slice.meter()));
        data.put("resource", slice.resource());
        data.put("tenant", about.tenant());
        data.put("product", about.product());
        data.put("deployment", about.group());
        data.put("phase", about.phase().name().toLowerCase(Locale.ROOT));
        data.put("labels", new TreeMap<>(about.labels()));
        data.put("from", slice.from().toString());
        data.put("to", slice.to().toString());
        data.put("revision", slice.revision());
        data.put("events", slice.events().stream().map(UUID::toString).toList());
        return data;
    }

    /** All of it as JSON: the structured mode, and an element of a batch. */
    Map<String, Object> structured() {
        var event = new LinkedHashMap<String, Object>(attributes());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }

    /** The attributes without that of the data's type, in the order in which they are sent. */
    Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id.toString());
        attributes.put("source", source);
        attributes.put("type", type);
        attributes.put("time", time.toString());
        attributes.put("subject", subject);
        return attributes;
    }

    /** The attributes as headers: the binary mode of the HTTP protocol binding (3.1.3). */
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        attributes().forEach((name, value) -> headers.put("ce-" + name, encoded(value)));
        return headers;
    }

    /** Its size in bytes, as one JSON text. */
    int size() {
        return JsonBody.write(structured()).length;
    }

    /** Percent-encoded as the HTTP protocol binding says (3.1.3.2). */
    static String encoded(String value) {
        var encoded = new StringBuilder();
        for (byte next : value.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xFF);
            boolean isPlain = character > ' ' && character < 0x7F;
            if (isPlain && PRINTABLE_BUT_ENCODED.indexOf(character) < 0) encoded.append(character);
            else encoded.append("%%%02X".formatted((int) character));
        }
        return encoded.toString();
    }
}

package io.quartermaster.engine.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quartermaster.es.StreamId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records as JSON and back, strictly: a missing, an unknown and a misspelt property are errors.
 * Instants and durations are ISO 8601, stream ids are strings, an absent value is null.
 */
final class Json {
    private final JsonMapper mapper;
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

    Json(Kinds kinds) {
        var builder =
                JsonMapper.builder()
                        .addModule(new Jdk8Module())
                        .addModule(new JavaTimeModule())
                        .addModule(streamIds())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        var standard = builder.build().getSerializationConfig().getAnnotationIntrospector();
        mapper =
                builder.annotationIntrospector(AnnotationIntrospector.pair(kinds, standard))
                        .build();
    }

    private static SimpleModule streamIds() {
        return new SimpleModule()
                .addSerializer(StreamId.class, ToStringSerializer.instance)
                .addDeserializer(StreamId.class, new StreamIdReader());
    }

    /** The value as JSON, as seen through the type under which it will be read. */
    String write(Object value, Class<?> type) {
        try {
            return writers.computeIfAbsent(type, mapper::writerFor).writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot store a " + type.getName(), e);
        }
    }

    <T> T read(String json, Class<T> type) throws JacksonException {
        return readers.computeIfAbsent(type, mapper::readerFor).readValue(json);
    }

    <T> T read(JsonNode tree, Class<T> type) throws JacksonException {
        return mapper.treeToValue(tree, type);
    }

    JsonNode tree(String json) throws JacksonException {
        return mapper.readTree(json);
    }

    private static final class StreamIdReader extends FromStringDeserializer<StreamId> {
        StreamIdReader() {
            super(StreamId.class);
        }

        @Override
        protected StreamId _deserialize(String text, DeserializationContext context) {
            return StreamId.parse(text);
        }
    }
}

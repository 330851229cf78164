package io.quartermaster.view;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target.Credentials;

/** JSON of the domain's records. */
public final class TestJson implements Json {
    private final ObjectMapper mapper = mapper();

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface OneOfSome {}

    private static ObjectMapper mapper() {
        var mapper = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        for (var root : new Class<?>[] {Step.class, Step.Wait.Until.class, Credentials.class}) {
            mapper.addMixIn(root, OneOfSome.class);
            mapper.registerSubtypes(root.getPermittedSubclasses());
        }
        return mapper;
    }

    @Override
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

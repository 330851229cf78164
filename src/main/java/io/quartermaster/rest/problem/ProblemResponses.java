package io.quartermaster.rest.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Tells in the OpenAPI document, once for all calls, what an answer looks like that is no success.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {
    private static final String NAME = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        var content =
                OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(NAME)));
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("What is wrong, with a stable code")
                                .content(content));
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema(NAME, problem());
    }

    private static Schema problem() {
        var violation =
                object().addProperty("document", of(SchemaType.INTEGER))
                        .addProperty("line", of(SchemaType.INTEGER))
                        .addProperty("pointer", of(SchemaType.STRING))
                        .addProperty("code", of(SchemaType.STRING))
                        .addProperty("message", of(SchemaType.STRING));
        return object().addProperty("type", of(SchemaType.STRING))
                .addProperty("title", of(SchemaType.STRING))
                .addProperty("status", of(SchemaType.INTEGER))
                .addProperty("detail", of(SchemaType.STRING))
                .addProperty("code", of(SchemaType.STRING))
                .addProperty("violations", of(SchemaType.ARRAY).items(violation))
                .addProperty("expected", of(SchemaType.STRING))
                .addProperty("actual", of(SchemaType.STRING))
                .addProperty("instance", of(SchemaType.STRING));
    }

    private static Schema object() {
        return of(SchemaType.OBJECT);
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().type(List.of(type));
    }
}

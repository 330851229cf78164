package io.quartermaster.rest.access;

import io.quartermaster.rest.problem.Refused;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Reads the body of a request whole, within a limit, so that it can be looked at more than once.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public final class BodyLimit implements ContainerRequestFilter {

    /** Largest body, in bytes. */
    public static final int BYTES = 1 << 20;

    private static final String BODY = BodyLimit.class.getName() + ".body";
    private static final byte[] NONE = {};
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (WITHOUT_BODY.contains(context.getMethod())) return;
        if (context.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
            throw new Refused(
                    415, "unsupported-content-encoding", "send the body without Content-Encoding");
        }
        var body = context.getEntityStream().readNBytes(BYTES + 1);
        if (body.length > BYTES) throw tooLarge();
        context.setProperty(BODY, body);
        context.setEntityStream(new ByteArrayInputStream(body));
    }

    /** The whole body, empty when there is none. */
    public static byte[] bodyOf(ContainerRequestContext context) {
        return context.getProperty(BODY) instanceof byte[] body ? body : NONE;
    }

    static Refused tooLarge() {
        var detail =
                "the body has more than %,d bytes; send the documents in several requests"
                        .formatted(BYTES);
        return new Refused(413, "body-too-large", detail);
    }
}

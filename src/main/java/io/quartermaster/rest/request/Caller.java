package io.quartermaster.rest.request;

import io.quartermaster.engine.Ask;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** Who sends the present request, and under which id its command is accepted once. */
@RequestScoped
public class Caller {
    private String actor = "";
    private UUID commandId = UUID.randomUUID();

    /** The actor as it stands in the metadata of events. */
    public String actor() {
        return actor;
    }

    void is(String name) {
        actor = name;
    }

    /** The request is a repeat of each other one with this id. */
    void repeats(UUID id) {
        commandId = id;
    }

    /** What the log is told about the request. */
    public Ask ask() {
        if (actor.isEmpty()) throw new IllegalStateException("nobody is signed in");
        return Ask.by(actor, commandId);
    }
}

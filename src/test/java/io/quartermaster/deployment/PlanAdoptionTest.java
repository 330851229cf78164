package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanAdoptionTest {

    private static final StreamId BASE = new StreamId(PlanDecider.STREAM, "base");

    private final Story<PlanAdoption.Users> story = new Story<>(new PlanAdoption());

    private static Effect adopt(String deployment, int revision) {
        return new Effect.Send(
                new StreamId(DeploymentDecider.STREAM, deployment),
                new DeploymentCommand.AdoptRevision("base", revision));
    }

    @Test
    void who_begins_to_use_a_plan_adopts_its_revision() {
        assertEquals(List.of(adopt("web", 3)), story.on(BASE, new PlanEvent.Subscribed("web", 3)));
    }

    @Test
    void every_user_adopts_a_new_revision() {
        story.on(
                BASE,
                List.of(new PlanEvent.Subscribed("web", 3), new PlanEvent.Subscribed("api", 3)));
        assertEquals(
                List.of(adopt("api", 4), adopt("web", 4)),
                story.on(BASE, new PlanEvent.Revised(4, plan("echo 4"))));
    }

    @Test
    void who_left_is_not_told() {
        story.on(
                BASE,
                List.of(new PlanEvent.Subscribed("web", 3), new PlanEvent.Unsubscribed("web")));
        assertEquals(List.of(), story.on(BASE, new PlanEvent.Revised(4, plan("echo 4"))));
    }

    @Test
    void a_plan_without_users_tells_nobody() {
        assertEquals(List.of(), story.on(BASE, new PlanEvent.Revised(1, plan("echo 1"))));
    }
}

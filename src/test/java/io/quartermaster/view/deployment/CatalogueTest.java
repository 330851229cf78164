package io.quartermaster.view.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.view.InvalidQuery;
import io.quartermaster.view.LabelSelector;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Samples;
import io.quartermaster.view.World;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final World world = new World();

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void every_revision_of_a_plan_stays_as_it_was_even_when_the_plan_is_deleted() {
        world.plan("base", "one").plan("base", "one", "two").plan("base", "three");
        assertEquals(3, world.plans.get("base").orElseThrow().revision());
        world.send("plan", "base", new PlanCommand.Delete());

        assertTrue(world.plans.get("base").isEmpty());
        assertEquals(List.of(), world.plans.list(Listing.ALL).items());
        var second = world.plans.get("base", 2).orElseThrow();
        assertEquals(Samples.plan("one", "two"), second.spec());
        var revisions = world.plans.revisions("base", Listing.ALL.limit(2));
        assertEquals(List.of(3, 2), revisions.items().stream().map(PlanRow::revision).toList());
        var rest = world.plans.revisions("base", Listing.ALL.limit(2).from(revisions.next()));
        assertEquals(List.of(1), rest.items().stream().map(PlanRow::revision).toList());

        world.plan("base", "four");
        assertEquals(4, world.plans.get("base").orElseThrow().revision());
    }

    @Test
    void a_plan_and_a_class_name_the_deployments_that_use_them() {
        world.machineClass("small", Map.of()).plan("base", "one").plan("other", "one");
        world.deployment("web", 1, "small", "base").deployment("db", 0, "small", "base");
        assertEquals(List.of("web", "db"), world.plans.get("base").orElseThrow().users());
        assertEquals(List.of("web", "db"), world.classes.get("small").orElseThrow().users());
        world.deployment("db", 0, "small", "other");
        assertEquals(List.of("web"), world.plans.get("base").orElseThrow().users());
    }

    @Test
    void a_deployment_leaves_its_name_when_it_is_deleted() {
        world.machineClass("small", Map.of()).plan("base", "one");
        world.deployment("web", 2, "small", "base").deployment("db", 0, "small", "base");
        assertEquals(1, world.deployments.get("web").orElseThrow().generation());
        world.send("deployment", "web", new DeploymentCommand.Scale(3));
        assertEquals(2, world.deployments.get("web").orElseThrow().generation());
        world.send("deployment", "web", new DeploymentCommand.Delete());
        assertTrue(world.deployments.get("web").isEmpty());
        assertEquals("complete", world.deployments.get("db").orElseThrow().state());
        assertEquals(List.of("db"), world.classes.get("small").orElseThrow().users());
    }

    @Test
    void classes_are_found_by_their_labels() {
        var spec = new MachineClass.Spec("inventory", Map.of(), 60, Map.of("size", "big"));
        world.send("machine-class", "big", new MachineClass.Command.Define(spec));
        world.machineClass("small", Map.of());
        var listing = Listing.ALL.labelled(LabelSelector.parse("size=big"));
        var found = world.classes.list(listing).items();
        assertEquals(List.of(spec), found.stream().map(ClassRow::spec).toList());
        world.send("machine-class", "big", new MachineClass.Command.Delete());
        assertTrue(world.classes.get("big").isEmpty());
    }

    @Test
    void a_name_that_no_database_could_hold_is_refused() {
        var refused = assertThrows(InvalidQuery.class, () -> world.deployments.get("we\0b"));
        assertEquals("text-invalid", refused.code());
    }
}

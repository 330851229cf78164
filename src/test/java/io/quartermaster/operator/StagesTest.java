package io.quartermaster.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.rest.EmptyDatabase;
import io.quartermaster.step.Failure;
import io.quartermaster.view.machine.MachineRow;
import io.quartermaster.view.machine.Machines;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The status of a deployment and of its machines at every stage of their lives. What goes in is in
 * {@code in-*.yaml}, what came out, with what kstatus makes of it, in {@code out-*.yaml}; {@code
 * -Dstages.write=true} writes the latter anew.
 */
@EnabledIf(
        value = "io.quartermaster.kube.KubeBinaries#areHere",
        disabledReason = KubeBinaries.MISSING)
@QuarkusTest
@TestProfile(OnKubernetes.class)
@QuarkusTestResource(EmptyDatabase.class)
class StagesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "operator", "stages");
    private static final String NAME = "staged";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private final ApiServer server = ApiServer.shared();
    private String namespace;

    @Inject Dispatcher dispatcher;
    @Inject Machines machines;

    @Test
    void every_stage_has_the_status_that_was_recorded() throws Exception {
        try (var client = server.client();
                var stages = Files.list(FOLDER)) {
            namespace = server.newNamespace(client);
            for (var in : stages.filter(StagesTest::isInput).sorted().toList()) stage(in);
        }
    }

    private static boolean isInput(Path file) {
        return file.getFileName().toString().startsWith("in-");
    }

    private void stage(Path in) throws Exception {
        JsonNode until = null;
        for (var text : Files.readString(in).split("(?m)^---$")) {
            var document = YAML.readTree(text);
            if (document.has("play")) play(document.path("play").asText());
            else if (document.has("delete")) delete(document.path("delete").asText());
            else if (document.has("until")) until = document.path("until");
            else apply(text);
        }
        var status = await(until);
        var out = FOLDER.resolve(in.getFileName().toString().replaceFirst("^in-", "out-"));
        var text = settled(status);
        if (Boolean.getBoolean("stages.write")) Files.writeString(out, text);
        assertEquals(Files.readString(out), text, out.toString());
    }

    private void apply(String text) throws Exception {
        var file = Files.createTempFile("stage", ".yaml");
        Files.writeString(file, text);
        server.kubectl("apply", "-n", namespace, "-f", file.toString());
        Files.delete(file);
    }

    private void delete(String what) {
        server.kubectl("delete", "-n", namespace, "--wait=false", what);
    }

    /** The deployment once it has that condition and has come to rest. */
    private JsonNode await(JsonNode until) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        JsonNode before = deployment();
        while (true) {
            TimeUnit.SECONDS.sleep(1);
            var now = deployment();
            if (holds(now, until) && now.equals(before)) return now;
            assertTrue(System.nanoTime() < end, until + " did not come, but " + now.path("status"));
            before = now;
        }
    }

    private static boolean holds(JsonNode resource, JsonNode until) {
        var status = resource.path("status");
        var generation = resource.at("/metadata/generation");
        if (!status.path("observedGeneration").equals(generation)) return false;
        boolean counted = until.path("replicas").equals(status.path("replicas"));
        if (until.has("replicas") && !counted) return false;
        return status.path("conditions")
                .valueStream()
                .filter(each -> each.path("type").equals(until.path("type")))
                .anyMatch(
                        each ->
                                each.path("status").equals(until.path("status"))
                                        && (!until.has("reason")
                                                || each.path("reason")
                                                        .equals(until.path("reason"))));
    }

    private JsonNode deployment() throws Exception {
        return read("machinedeployment/" + NAME);
    }

    private JsonNode read(String what) throws Exception {
        return JSON.readTree(server.kubectl("get", what, "-n", namespace, "-o", "json"));
    }

    /** Without what differs from run to run. */
    private String settled(JsonNode deployment) throws Exception {
        var document = JSON.createObjectNode();
        document.put("kstatus", Kstatus.of(deployment).name());
        document.set("status", withoutTimes(deployment.path("status")));
        return YAML.writeValueAsString(document).replaceAll(NAME + "-[a-z0-9]{8}", NAME + "-ID");
    }

    private static JsonNode withoutTimes(JsonNode status) {
        var copy = (ObjectNode) status.deepCopy();
        copy.path("conditions")
                .forEach(condition -> ((ObjectNode) condition).remove("lastTransitionTime"));
        return copy;
    }

    private void play(String part) {
        for (var machine : machines.allOf(NAME)) {
            switch (part) {
                case "provision" -> provision(machine);
                case "complete" -> complete(machine);
                case "fail" -> {
                    if (machine.phase().equals("requested")) fail(machine);
                }
                default -> throw new IllegalArgumentException(part);
            }
        }
    }

    private void provision(MachineRow machine) {
        send(machine.id(), new MachineCommand.Allocate("host-of-" + machine.id()));
        send(machine.id(), new MachineCommand.ClaimRun(1, 7, "runner", Instant.EPOCH));
    }

    private void complete(MachineRow machine) {
        send(machine.id(), new MachineCommand.SendSteps(1, 7, 0, 0));
        var report = new StepReport(0, "only", 1, StepOutcome.CHANGED, 12, null);
        send(machine.id(), new MachineCommand.FinishStep(1, 7, report));
        send(machine.id(), new MachineCommand.CompleteRun(1, 7));
    }

    private void fail(MachineRow machine) {
        provision(machine);
        var why = new Failure("bad-password", "no way in", "mend it", Failure.Retry.POINTLESS);
        send(machine.id(), new MachineCommand.FailRun(1, 7, why, Instant.EPOCH));
    }

    private void send(String machine, MachineCommand command) {
        var order = new Order(new StreamId("machine", machine), "", command);
        dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
    }
}

package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Validation.Valid;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is written is read back as it was, whatever it was. */
class RoundTripTest {
    private static final int SEEDS = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void every_spec_survives_being_written_and_read_as_json() throws JsonProcessingException {
        for (long seed = 0; seed < SEEDS; seed++) {
            survives(seed, JSON.writeValueAsString(documents(seed)), MediaKind.JSON);
        }
    }

    @Test
    void every_spec_survives_being_written_and_read_as_yaml() throws JsonProcessingException {
        for (long seed = 0; seed < SEEDS; seed++) {
            survives(seed, YAML.writeValueAsString(documents(seed)), MediaKind.YAML);
        }
    }

    private static List<Map<String, Object>> documents(long seed) {
        return commands(seed).entrySet().stream()
                .map(
                        each ->
                                switch (each.getValue()) {
                                    case HostCommand.Enrol it ->
                                            Manifests.write(each.getKey(), "acme", it.spec());
                                    case MachineClass.Command.Define it ->
                                            Manifests.write(each.getKey(), "acme", it.spec());
                                    case PlanCommand.Revise it ->
                                            Manifests.write(each.getKey(), "acme", it.spec());
                                    case DeploymentCommand.Apply it ->
                                            Manifests.write(each.getKey(), it.spec());
                                    case VolumeCommand.Define it ->
                                            Manifests.write(
                                                    each.getKey(), it.tenant(), it.spec(), null);
                                    case VolumeCommand.Report it ->
                                            Manifests.write(
                                                    each.getKey(),
                                                    it.tenant(),
                                                    it.sighting().spec(),
                                                    it.sighting());
                                    case Tenant.Command.Define it ->
                                            Manifests.write(each.getKey(), it.spec(), terms(seed));
                                    default -> throw new AssertionError(each.getValue());
                                })
                .toList();
    }

    private static Terms terms(long seed) {
        return new RandomTenants(seed).terms();
    }

    private static Map<String, Object> commands(long seed) {
        var specs = new RandomSpecs(seed);
        var plan = specs.plan();
        return Map.of(
                "web-1", new HostCommand.Enrol(specs.host(), "manifest"),
                "small", new MachineClass.Command.Define(specs.machineClass()),
                "web-base", new PlanCommand.Revise(plan),
                "web", new DeploymentCommand.Apply(specs.deployment(plan)),
                "acme", new Tenant.Command.Define(new RandomTenants(seed).tenant()),
                "disk", new VolumeCommand.Define("acme", specs.volume()),
                "files", new VolumeCommand.Report("acme", sighting(specs.volume(), seed)));
    }

    private static Sighting sighting(VolumeSpec spec, long seed) {
        return new Sighting(spec, Instant.EPOCH.plusMillis(seed * 1_000_003), seed % 3);
    }

    private static void survives(long seed, String text, MediaKind kind) {
        var reading = Manifests.read(text, kind);
        var parsed = assertInstanceOf(Parsed.class, reading, () -> seed + ": " + reading);
        var validation = Manifests.validate(parsed.documents(), new Existing());
        var valid = assertInstanceOf(Valid.class, validation, () -> seed + ": " + validation);
        var read =
                valid.changes().stream()
                        .filter(change -> change.stream().key().equals(change.name()))
                        .filter(change -> !(change.command() instanceof AccountCommand.Define))
                        .collect(Collectors.toMap(Change::name, Change::command));
        var terms =
                valid.changes().stream()
                        .filter(change -> change.command() instanceof AccountCommand.Define)
                        .map(change -> ((AccountCommand.Define) change.command()).terms())
                        .toList();
        assertEquals(List.of(terms(seed)), terms, () -> "seed " + seed + "\n" + text);
        assertEquals(commands(seed), read, () -> "seed " + seed + "\n" + text);
    }
}

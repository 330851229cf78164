package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Validation.Valid;
import io.quartermaster.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every good text has a normal form beside it, with the defaults filled in. */
class GoodManifestsTest {
    private static final Path FOLDER = Path.of("src/test/resources/corpus/manifests/good");
    private static final String NORMAL = ".normal.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("names")
    void a_good_text_is_written_back_in_its_normal_form(String name) throws IOException {
        var changes = changes(text(name)).toList();
        var written =
                changes.stream().flatMap(change -> written(change, changes).stream()).toList();
        assertEquals(
                JSON.readTree(normal(name).toFile()),
                JSON.readTree(JSON.writeValueAsString(written)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_normal_form_means_the_same(String name) throws IOException {
        assertEquals(meaning(text(name)), meaning(normal(name)));
    }

    private static List<List<Object>> meaning(Path text) throws IOException {
        return changes(text).map(it -> List.of(it.stream(), it.tenant(), it.command())).toList();
    }

    static Stream<String> names() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(NORMAL))
                    .toList()
                    .stream();
        }
    }

    private static Path text(String name) {
        return FOLDER.resolve(name);
    }

    private static Path normal(String name) {
        return FOLDER.resolve(name.substring(0, name.lastIndexOf('.')) + NORMAL);
    }

    private static Stream<Change> changes(Path text) throws IOException {
        var kind = text.toString().endsWith(".json") ? MediaKind.JSON : MediaKind.YAML;
        var reading = Manifests.read(Files.readAllBytes(text), kind);
        var parsed = assertInstanceOf(Parsed.class, reading, reading::toString);
        var validation = Manifests.validate(parsed.documents(), new Existing());
        return assertInstanceOf(Valid.class, validation, validation::toString).changes().stream();
    }

    private static Terms terms(String tenant, List<Change> all) {
        return all.stream()
                .filter(change -> change.name().equals(tenant))
                .map(Change::command)
                .filter(AccountCommand.Define.class::isInstance)
                .map(command -> ((AccountCommand.Define) command).terms())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Map<String, Object>> written(Change change, List<Change> all) {
        var name = change.name();
        var tenant = change.tenant();
        return Optional.ofNullable(
                switch (change.command()) {
                    case HostCommand.Enrol it -> Manifests.write(name, tenant, it.spec());
                    case MachineClass.Command.Define it -> Manifests.write(name, tenant, it.spec());
                    case PlanCommand.Revise it -> Manifests.write(name, tenant, it.spec());
                    case Tenant.Command.Define it ->
                            Manifests.write(name, it.spec(), terms(name, all));
                    case DeploymentCommand.Apply it -> Manifests.write(name, it.spec());
                    default -> null;
                });
    }
}

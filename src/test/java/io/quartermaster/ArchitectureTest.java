package io.quartermaster;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds the floors of the house: imports only go down, never sideways, and the ground floors are
 * pure.
 */
class ArchitectureTest {
    private static final String ROOT = "io.quartermaster";

    /**
     * Lowest first. Floors 0 to 3 are below the line: no I/O, no clock, no framework, no database.
     */
    private static final List<Set<String>> FLOORS =
            List.of(
                    Set.of("es", "step"),
                    Set.of("machine", "volume", "tenant"),
                    Set.of("deployment", "inventory"),
                    Set.of("billing"),
                    Set.of("engine", "manifest", "ssh", "kube", "cloud"),
                    Set.of("view", "runner", "sink"),
                    Set.of("rest", "web", "cli", "operator", "schedule"),
                    Set.of("app"));

    private static final Map<String, Integer> FLOOR_OF = floorOf();
    private static final String[] BELOW_THE_LINE =
            FLOORS.subList(0, 4).stream()
                    .flatMap(Set::stream)
                    .map(name -> ROOT + "." + name + "..")
                    .toArray(String[]::new);

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    @Test
    void every_class_is_in_a_package_of_the_table() {
        var strays =
                CLASSES.stream()
                        .filter(type -> !FLOOR_OF.containsKey(packageOf(type)))
                        .map(JavaClass::getName)
                        .toList();
        assertEquals(List.of(), strays, "add its package to the README's map and to this test");
    }

    @Test
    void imports_only_go_down_and_never_sideways() {
        hold(classes().should(importOnlyLowerFloors()));
    }

    @Test
    void no_two_packages_form_a_circle() {
        hold(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void sshj_appears_in_ssh_only() {
        hold(onlyIn(List.of("ssh"), "net.schmizz..", "com.hierynomus.."));
    }

    @Test
    void fabric8_appears_in_kube_and_operator_only() {
        hold(onlyIn(List.of("kube", "operator"), "io.fabric8..", "io.javaoperatorsdk.."));
    }

    @Test
    void sql_appears_in_engine_and_view_only() {
        hold(onlyIn(List.of("engine", "view"), "java.sql.."));
    }

    @Test
    void below_the_line_there_is_no_framework_no_database_and_no_io() {
        hold(
                noClasses()
                        .that()
                        .resideInAnyPackage(BELOW_THE_LINE)
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "java.sql..",
                                        "javax.sql..",
                                        "java.nio.file..",
                                        "java.nio.channels..",
                                        "java.net.http..",
                                        "jakarta..",
                                        "io.quarkus..",
                                        "io.smallrye..",
                                        "io.vertx..",
                                        "org.eclipse..",
                                        "org.postgresql..",
                                        "org.apache.sshd..")));
    }

    @Test
    void below_the_line_time_ids_and_chance_are_arguments() {
        hold(noClasses().that().resideInAnyPackage(BELOW_THE_LINE).should(askTheWorld()));
    }

    @Test
    void no_host_key_verifier_accepts_everything() {
        hold(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(".*\\.(PromiscuousVerifier|AcceptAllServerKeyVerifier)"));
        hold(classes().that(verifyHostKeys()).should(lookAtTheKey()));
    }

    private static ArchRule onlyIn(List<String> packages, String... libraries) {
        var allowed =
                packages.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that(resideOutsideOfPackages(allowed))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries));
    }

    private static ArchCondition<JavaClass> importOnlyLowerFloors() {
        return new ArchCondition<>("import lower floors only") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                var own = packageOf(from);
                for (var dependency : from.getDirectDependenciesFromSelf()) {
                    var other = packageOf(dependency.getTargetClass().getBaseComponentType());
                    if (other.equals(own) || !FLOOR_OF.containsKey(other)) continue;
                    if (FLOOR_OF.get(other) < FLOOR_OF.getOrDefault(own, Integer.MAX_VALUE))
                        continue;
                    events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> askTheWorld() {
        return new ArchCondition<>("read a clock, draw an id or a random number") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (var access : from.getAccessesFromSelf()) {
                    if (!asksTheWorld(access)) continue;
                    events.add(SimpleConditionEvent.satisfied(from, access.getDescription()));
                }
            }
        };
    }

    private static boolean asksTheWorld(JavaAccess<?> access) {
        var target = access.getTarget().getFullName();
        return target.matches("java\\.time\\.\\w+\\.now\\(.*")
                || target.matches("java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*\\(.*")
                || target.matches("java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*")
                || target.matches("java\\.lang\\.System\\.(getenv|getProperty)\\(.*")
                || target.matches("java\\.util\\.UUID\\.randomUUID\\(.*")
                || target.matches("java\\.lang\\.Math\\.random\\(.*")
                || target.matches("java\\.util\\.Random\\.<init>\\(\\)")
                || target.matches("java\\.util\\.concurrent\\.ThreadLocalRandom\\..*")
                || target.matches("java\\.security\\.SecureRandom\\..*")
                || target.matches("java\\.io\\.File\\w*\\..*");
    }

    private static DescribedPredicate<JavaClass> verifyHostKeys() {
        return DescribedPredicate.describe(
                "verify host keys",
                type ->
                        type.getAllRawInterfaces().stream()
                                .anyMatch(each -> each.getSimpleName().endsWith("KeyVerifier")));
    }

    private static ArchCondition<JavaClass> lookAtTheKey() {
        return new ArchCondition<>("look at the key before accepting it") {
            @Override
            public void check(JavaClass verifier, ConditionEvents events) {
                for (var method : verifier.getMethods()) {
                    if (!method.getName().startsWith("verify")) continue;
                    if (!method.getAccessesFromSelf().isEmpty()) continue;
                    var problem = method.getDescription() + " looks at nothing";
                    events.add(SimpleConditionEvent.violated(method, problem));
                }
            }
        };
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    /** The package right below the root, or an empty name for everything else. */
    private static String packageOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) return "";
        var rest = name.substring(ROOT.length() + 1);
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }

    private static Map<String, Integer> floorOf() {
        var floors = new HashMap<String, Integer>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (var name : FLOORS.get(floor)) floors.put(name, floor);
        }
        return Map.copyOf(floors);
    }
}

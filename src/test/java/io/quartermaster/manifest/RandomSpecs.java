package io.quartermaster.manifest;

import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.deployment.PlanSpec.Parameter;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Wait.Until;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.volume.VolumeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Specs that may stand in the log, with everything that a manifest can say, by seed. */
final class RandomSpecs {
    /** Text that notations like to misunderstand. */
    private static final List<String> TEXTS =
            List.of(
                    "plain",
                    "yes",
                    "null",
                    "~",
                    "0644",
                    "1e3",
                    "- item",
                    "a: b",
                    "#no comment",
                    "{\\{}",
                    "two\nlines\n",
                    "trailing \n \n",
                    "\ttab",
                    "'quoted'",
                    "\"doubly\"",
                    "😀 é \u2028",
                    "carriage\r\nreturn",
                    "%directive",
                    "&anchor",
                    "*alias",
                    "!tag",
                    "<<",
                    "|",
                    "\u0085");

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";

    private final Random random;

    RandomSpecs(long seed) {
        random = new Random(seed);
    }

    HostSpec host() {
        return new HostSpec(
                oneOf("192.0.2.1", "2001:db8::1", "web.example"),
                1 + random.nextInt(65535),
                oneOf("root", "deploy"),
                oneOf(
                        Become.NOBODY,
                        new Become(Become.Method.SUDO, null),
                        new Become(Become.Method.DOAS, "password")),
                oneOf(
                        new Credentials.Agent(),
                        new Credentials.Password("password"),
                        new Credentials.SecretKey("keys/web"),
                        new Credentials.PrivateKey("keys/web", null, "passphrase"),
                        new Credentials.PrivateKey("/keys/web", "/keys/web-cert.pub", null)),
                oneOf(List.of(), List.of(KEY), List.of("@cert-authority " + KEY, KEY)),
                maybe(() -> "jump-1"),
                labels(),
                variables());
    }

    private Map<String, Object> variables() {
        return oneOf(
                Map.of(),
                Map.of("text", text(), "number", random.nextInt(), "flag", random.nextBoolean()),
                Map.of(
                        "large",
                        5_000_000_000L + random.nextInt(),
                        "fraction",
                        random.nextInt(1000) / 8.0,
                        "list",
                        List.of(text(), List.of(), Map.of("key of " + 1, text()))));
    }

    MachineClass.Spec machineClass() {
        int paid = random.nextInt(86_400);
        return random.nextBoolean()
                ? new MachineClass.Spec("inventory", labels(), paid, labels())
                : new MachineClass.Spec("kubernetes", Map.of(), paid, labels(), instances());
    }

    private InstanceTemplate instances() {
        boolean pod = random.nextBoolean();
        var kind = pod ? Instance.Kind.POD : Instance.Kind.VIRTUAL_MACHINE;
        var containers = "[{\"env\":[],\"image\":\"a\",\"tty\":true}]";
        var numbers = "[0,-7,1.50,2E+3,123456789012345678901234567890]";
        var spec =
                "{\"containers\":%s,\"n\":%s,\"template\":{\"v\":null}}"
                        .formatted(containers, numbers);
        return new InstanceTemplate(
                new Instance.Place(kind, maybe(() -> "east"), oneOf("default", "shop")),
                pod ? "{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":" + spec + "}" : spec,
                maybe(
                        () ->
                                new InstanceTemplate.SignIn(
                                        "root",
                                        1 + random.nextInt(65535),
                                        Become.NOBODY,
                                        new Credentials.SecretKey("keys/web"))));
    }

    VolumeSpec volume() {
        var tier = random.nextBoolean() ? "ssd" : "hdd-2";
        long unit = 1L << 10 * random.nextInt(5);
        return new VolumeSpec(random.nextInt(5_000) * unit, tier, random.nextBoolean(), labels());
    }

    PlanSpec plan() {
        Map<String, Parameter> parameters = new HashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parameters.put("p" + i, new Parameter(maybe(this::text), maybe(this::text)));
        }
        List<PlanStep> steps = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            steps.add(step("step " + i, steps.stream().map(PlanStep::name).toList()));
        }
        return new PlanSpec(parameters, steps, labels());
    }

    private PlanStep step(String name, List<String> earlier) {
        Step step =
                random.nextInt(5) == 0
                        ? new RandomActions(random, this::text).step()
                        : step(earlier);
        return new PlanStep(
                name,
                step,
                maybe(() -> "facts.os == 'debian'"),
                Duration.ofSeconds(60 + random.nextInt(3600)),
                random.nextInt(21),
                Duration.ofSeconds(random.nextInt(301)),
                step instanceof Step.Kubernetes ? null : maybe(this::text));
    }

    private Step step(List<String> earlier) {
        boolean inline = random.nextBoolean();
        String content = inline ? text() : null;
        String source = inline ? null : "templates/x";
        return switch (random.nextInt(10)) {
            case 0 -> new Step.Command(maybe(this::text), text());
            case 1 -> new Step.Script(content, source, texts(), maybe(() -> "/done"));
            case 2 -> new Step.File("/a b", content, source, "0640", maybe(() -> "root"), null);
            case 3 -> new Step.Directory("/{p0}", "1777", null, maybe(() -> "adm"));
            case 4 -> user();
            case 5 ->
                    new Step.Packages(
                            List.of("nginx"),
                            List.of("/a.deb"),
                            oneOf(Step.Packages.State.values()));
            case 6 ->
                    new Step.Service(
                            "nginx", maybe(this::text), random.nextBoolean(), inline, earlier);
            case 7 ->
                    new Step.Upload("a.tar", "/a", "0600", null, null, maybe(() -> "a".repeat(64)));
            case 8 -> new Step.Reboot(earlier);
            default ->
                    new Step.Wait(
                            oneOf(
                                    new Until.Tcp("127.0.0.1", 443),
                                    new Until.Http("https://web.example/", 204),
                                    new Until.Succeeds(text()),
                                    new Until.Elapsed(Duration.ofSeconds(60))));
        };
    }

    private Step user() {
        return new Step.User(
                "app",
                maybe(() -> "/bin/sh"),
                maybe(() -> "/srv/app"),
                oneOf(List.of(), List.of("adm")),
                oneOf(List.of(), List.of(KEY)),
                oneOf(Step.Sudo.values()),
                random.nextBoolean());
    }

    DeploymentSpec deployment(PlanSpec plan) {
        Map<String, String> parameters = new HashMap<>();
        plan.parameters().keySet().forEach(name -> parameters.put(name, text()));
        return new DeploymentSpec(
                oneOf("default", "acme"),
                random.nextInt(10_001),
                new DeploymentSpec.Template("small", "web-base", parameters, labels()),
                labels());
    }

    private Map<String, String> labels() {
        return oneOf(Map.of(), Map.of("example.com/a_b", "true", "empty", ""), Map.of("on", "1.0"));
    }

    private List<String> texts() {
        return IntStream.range(0, random.nextInt(3)).mapToObj(i -> text()).toList();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

package io.quartermaster.manifest;

import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.manifest.Resource.Spec;
import io.quartermaster.manifest.text.Described;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How documents refer to each other and to what exists. A document counts as existing even when
 * something in it is wrong, so that one mistake is not reported twice.
 */
final class Links {
    private final References references;
    private final Map<Kind, Map<String, Resource>> applied = new EnumMap<>(Kind.class);
    private final Map<String, Optional<HostSpec>> hosts = new HashMap<>();
    private final Map<String, Optional<PlanSpec>> plans = new HashMap<>();
    private final Map<String, Boolean> machineClasses = new HashMap<>();

    /** Hosts whose ways are known to have no circle. */
    private final Set<String> reachable = new HashSet<>();

    /** Reports names that stand twice. */
    Links(List<Resource> resources, References references) {
        this.references = references;
        for (Kind kind : Kind.values()) {
            applied.put(kind, new LinkedHashMap<>());
        }
        for (Resource each : resources) {
            Resource other = applied(each.header().kind()).putIfAbsent(each.header().name(), each);
            if (other != null) {
                each.document()
                        .part("metadata")
                        .part("name")
                        .report(
                                Code.DUPLICATE,
                                "document "
                                        + other.document().document()
                                        + " is the "
                                        + each.header().kind().text()
                                        + " "
                                        + Described.quoted(each.header().name())
                                        + " already; keep one of the two");
            }
        }
    }

    private Map<String, Resource> applied(Kind kind) {
        return applied.getOrDefault(kind, Map.of());
    }

    /** Reports what does not exist, circles of bastions, and parameters that do not fit. */
    void check() {
        applied(Kind.HOST).values().forEach(this::checkHost);
        applied(Kind.MACHINE_DEPLOYMENT).values().forEach(this::checkDeployment);
    }

    private void checkHost(Resource resource) {
        if (!(resource.spec() instanceof Spec.OfHost(HostSpec host)) || host.bastion() == null) {
            return;
        }
        Value at = resource.document().part("spec").part("bastion");
        if (!applied(Kind.HOST).containsKey(host.bastion()) && existing(host.bastion()).isEmpty()) {
            reportUnknown(at, Kind.HOST, host.bastion());
            return;
        }
        String name = resource.header().name();
        List<String> way = way(name, reachable);
        if (way.isEmpty()) {
            return;
        }
        if (way.size() > 1 && way.getLast().equals(name)) {
            at.report(
                    Code.BASTION_CYCLE,
                    "the way to the host leads back to it: "
                            + String.join(" -> ", way.subList(0, Math.min(way.size(), 10)))
                            + "; take one of the bastions out");
        } else if (way.indexOf(way.getLast()) == way.size() - 1) {
            reachable.addAll(way);
        }
    }

    /**
     * The host, its bastion, and so on, as far as they are not known. A circle ends with the host
     * where it closes, which then stands twice.
     */
    private List<String> way(String host, Set<String> known) {
        List<String> way = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        Optional<String> next = Optional.of(host);
        while (next.isPresent() && !known.contains(next.get())) {
            way.add(next.get());
            next = passed.add(next.get()) ? bastion(next.get()) : Optional.empty();
        }
        return way;
    }

    private Optional<String> bastion(String host) {
        Resource resource = applied(Kind.HOST).get(host);
        if (resource == null) {
            return existing(host).map(HostSpec::bastion);
        }
        return resource.spec() instanceof Spec.OfHost(HostSpec spec)
                ? Optional.ofNullable(spec.bastion())
                : Optional.empty();
    }

    private Optional<HostSpec> existing(String host) {
        return hosts.computeIfAbsent(host, references::host);
    }

    private void checkDeployment(Resource resource) {
        if (!(resource.spec() instanceof Spec.OfDeployment(DeploymentSpec deployment))) {
            return;
        }
        Value template = resource.document().part("spec").part("template");
        String machineClass = deployment.template().machineClass();
        if (!applied(Kind.MACHINE_CLASS).containsKey(machineClass)
                && !machineClasses.computeIfAbsent(
                        machineClass, name -> references.machineClass(name).isPresent())) {
            reportUnknown(template.part("class"), Kind.MACHINE_CLASS, machineClass);
        }
        String name = deployment.template().plan();
        Resource plan = applied(Kind.PROVISIONING_PLAN).get(name);
        if (plan != null) {
            if (plan.spec() instanceof Spec.OfPlan(PlanSpec spec)) {
                checkParameters(deployment, spec, template);
            }
            return;
        }
        plans.computeIfAbsent(name, references::plan)
                .ifPresentOrElse(
                        spec -> checkParameters(deployment, spec, template),
                        () -> reportUnknown(template.part("plan"), Kind.PROVISIONING_PLAN, name));
    }

    private void reportUnknown(Value at, Kind kind, String name) {
        String found = "there is no " + kind.text() + " " + Described.quoted(name);
        at.report(
                Code.UNKNOWN_REFERENCE,
                at.nearest(name, applied(kind).keySet())
                        .map(near -> found + "; did you mean " + near + "?")
                        .orElse(found + "; apply it first, or together with this one"));
    }

    private static void checkParameters(DeploymentSpec deployment, PlanSpec plan, Value template) {
        Map<String, String> given = deployment.template().parameters();
        Value at = template.part("parameters");
        for (String name : new TreeSet<>(given.keySet())) {
            if (!plan.parameters().containsKey(name)) {
                at.part(name)
                        .report(
                                Code.UNKNOWN_PARAMETER,
                                "the plan has no parameter "
                                        + Described.quoted(name)
                                        + "; "
                                        + takes(plan.parameters().keySet()));
            }
        }
        new TreeMap<>(plan.parameters())
                .forEach(
                        (name, parameter) -> {
                            if (parameter.defaultValue() == null && !given.containsKey(name)) {
                                at.part(name).report(Code.MISSING_PARAMETER, missing(name));
                            }
                        });
    }

    private static String missing(String parameter) {
        return "the plan needs a value for its parameter "
                + parameter
                + ", which has no default; add it";
    }

    private static String takes(Collection<String> parameters) {
        return parameters.isEmpty()
                ? "it has none"
                : "it has " + Described.line(String.join(", ", new TreeSet<>(parameters)));
    }

    /** The documents in the order in which their commands can be decided. */
    List<Resource> ordered() {
        List<Resource> ordered = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Map<String, Resource> ofKind = applied(kind);
            if (kind == Kind.HOST) {
                bastionsFirst().map(ofKind::get).filter(Objects::nonNull).forEach(ordered::add);
            } else {
                ordered.addAll(ofKind.values());
            }
        }
        return ordered;
    }

    private Stream<String> bastionsFirst() {
        Set<String> hosts = new LinkedHashSet<>();
        applied(Kind.HOST).keySet().forEach(host -> hosts.addAll(way(host, hosts).reversed()));
        return hosts.stream();
    }
}

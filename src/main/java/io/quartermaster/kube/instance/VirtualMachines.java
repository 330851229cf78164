package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * KubeVirt's virtual machines: a VirtualMachine is what is wanted, a VirtualMachineInstance of the
 * same name what runs.
 *
 * @see <a href="https://kubevirt.io/api-reference/">KubeVirt API reference, kubevirt.io/v1</a>
 */
final class VirtualMachines extends Resources {
    private static final String API = "kubevirt.io/v1";
    private static final ResourceDefinitionContext MACHINES =
            context("VirtualMachine", "virtualmachines");
    private static final ResourceDefinitionContext RUNNING =
            context("VirtualMachineInstance", "virtualmachineinstances");
    private static final int NOT_FOUND = 404;

    VirtualMachines(KubernetesClient client, String namespace) {
        super(client, namespace);
    }

    private static ResourceDefinitionContext context(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("kubevirt.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    @Override
    ResourceDefinitionContext context() {
        return MACHINES;
    }

    /** What does not say when it shall run, shall run always. */
    @Override
    GenericKubernetesResource thing(String body) {
        var spec = new HashMap<>(parsed(body));
        if (!spec.containsKey("running")) spec.putIfAbsent("runStrategy", "Always");
        return thing(new ObjectMeta(), spec);
    }

    @Override
    GenericKubernetesResource create(GenericKubernetesResource thing) {
        try {
            return super.create(thing);
        } catch (KubernetesClientException e) {
            throw explained(e);
        }
    }

    /** That there is none can mean that the cluster knows no virtual machines. */
    @Override
    @Nullable GenericKubernetesResource get(String name) {
        var thing = super.get(name);
        if (thing == null && !isServed()) throw unknownHere();
        return thing;
    }

    @Override
    Map<GenericKubernetesResource, State> list(String selector) {
        try {
            var machines = list(MACHINES, selector);
            // Their labels are the template's, so they are told by name.
            var running = machines.isEmpty() ? Map.of() : list(RUNNING, null);
            var found = new LinkedHashMap<GenericKubernetesResource, State>();
            machines.forEach(
                    (name, machine) ->
                            found.put(
                                    machine,
                                    state(machine, (GenericKubernetesResource) running.get(name))));
            return found;
        } catch (KubernetesClientException e) {
            throw explained(e);
        }
    }

    private RuntimeException explained(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND && !isServed() ? unknownHere() : e;
    }

    private boolean isServed() {
        return Optional.ofNullable(client().getApiResources(API)).stream()
                .flatMap(served -> served.getResources().stream())
                .anyMatch(each -> each.getName().equals(MACHINES.getPlural()));
    }

    private static InstanceFailure unknownHere() {
        return new InstanceFailure(
                new Failure(
                        "kubevirt-missing",
                        "the cluster has no VirtualMachine of " + API,
                        "install KubeVirt there, or give the class a pod",
                        Retry.WORTHWHILE));
    }

    @Override
    State state(GenericKubernetesResource machine) {
        return state(machine, get(RUNNING, machine.getMetadata().getName()));
    }

    private static State state(
            GenericKubernetesResource machine, @Nullable GenericKubernetesResource running) {
        var uid = machine.getMetadata().getUid();
        if (KubeInstances.isLeaving(machine)) return new State.Leaving(uid);
        if (running == null || !"Running".equals(text(running, "status", "phase"))) {
            return new State.Pending(uid, notRunning(machine));
        }
        var address = address(running);
        return address.isEmpty()
                ? new State.Pending(uid, starting(machine, "has no address yet"))
                : new State.Running(uid, address, text(running, "status", "nodeName"));
    }

    private static Failure notRunning(GenericKubernetesResource machine) {
        var word = text(machine, "status", "printableStatus");
        var doing = word.isEmpty() ? "is not running yet" : "is " + word;
        return conditions(machine).stream()
                .filter(each -> "Failure".equals(each.get("type")))
                .filter(each -> "True".equals(each.get("status")))
                .findFirst()
                .map(each -> starting(machine, doing + ": " + each.get("message")))
                .orElseGet(() -> starting(machine, doing));
    }

    private static Failure starting(GenericKubernetesResource machine, String how) {
        var metadata = machine.getMetadata();
        return new Failure(
                "vm-not-running",
                "virtual machine %s/%s %s"
                        .formatted(metadata.getNamespace(), metadata.getName(), how),
                "nothing, unless it takes long: then look at the virtual machine",
                Retry.WORTHWHILE);
    }

    private static List<Map<String, Object>> conditions(GenericKubernetesResource machine) {
        List<Map<String, Object>> conditions = machine.get("status", "conditions");
        return conditions == null ? List.of() : conditions;
    }

    private static String address(GenericKubernetesResource running) {
        List<Map<String, Object>> interfaces = running.get("status", "interfaces");
        if (interfaces == null || interfaces.isEmpty()) return "";
        return interfaces.getFirst().getOrDefault("ipAddress", "").toString();
    }

    private static String text(GenericKubernetesResource thing, Object... path) {
        Object text = thing.get(path);
        return text == null ? "" : text.toString();
    }
}

package io.quartermaster.manifest;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostSpec;
import java.util.Optional;

/**
 * What exists already, so that documents may refer to it. Asked once for a name at most; an answer
 * may be out of date by the time the commands are decided, which the deciders then find out.
 */
public interface References {

    /** The host of that name, if it is known and not retired. */
    Optional<HostSpec> host(String name);

    /** The machine class of that name, if it is defined. */
    Optional<MachineClass.Spec> machineClass(String name);

    /** The newest revision of the provisioning plan of that name, if there is one. */
    Optional<PlanSpec> plan(String name);

    /** Nothing exists yet: documents may refer to each other only. */
    References NONE =
            new References() {
                @Override
                public Optional<HostSpec> host(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<MachineClass.Spec> machineClass(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<PlanSpec> plan(String name) {
                    return Optional.empty();
                }
            };
}

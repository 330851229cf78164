package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.machineClass;
import static io.quartermaster.es.Scenario.given;

import io.quartermaster.deployment.MachineClass.Command;
import io.quartermaster.deployment.MachineClass.Event;
import io.quartermaster.es.Scenario;
import org.junit.jupiter.api.Test;

class MachineClassTest {

    private static Scenario<Command, MachineClass, Event> none() {
        return given(new MachineClass.Rules());
    }

    private static Scenario<Command, MachineClass, Event> used() {
        return none().after(new Command.Define(machineClass("a")), new Command.Subscribe("web"));
    }

    @Test
    void a_class_is_defined() {
        none().when(new Command.Define(machineClass("a")))
                .then(new Event.Defined(machineClass("a")));
    }

    @Test
    void the_same_definition_changes_nothing() {
        used().when(new Command.Define(machineClass("a"))).then();
    }

    @Test
    void another_definition_keeps_the_users() {
        used().after(new Command.Define(machineClass("b")))
                .when(new Command.Delete())
                .thenRejected("machine-class-in-use");
    }

    @Test
    void a_class_that_does_not_exist_cannot_be_used() {
        none().when(new Command.Subscribe("web")).thenRejected("machine-class-unknown");
    }

    @Test
    void it_is_used_once_by_each() {
        used().when(new Command.Subscribe("web")).then();
    }

    @Test
    void it_goes_when_nobody_uses_it() {
        used().after(new Command.Unsubscribe("web"))
                .when(new Command.Delete())
                .then(new Event.Deleted());
    }

    @Test
    void who_does_not_use_it_does_not_leave_it() {
        none().when(new Command.Unsubscribe("web")).then();
    }

    @Test
    void deleting_what_is_not_there_is_done_already() {
        none().when(new Command.Delete()).then();
    }
}

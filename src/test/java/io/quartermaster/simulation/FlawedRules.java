package io.quartermaster.simulation;

import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.engine.Rules;
import io.quartermaster.es.Decider;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.Run;
import io.quartermaster.tenant.TenantDecider;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** The real rules, with the mistakes that a world is to have. */
final class FlawedRules {

    private FlawedRules() {}

    static Rules with(Set<Flaw> flaws) {
        var machine = new MachineDecider();
        var host = new HostDecider();
        return new Rules(
                List.of(
                        flaws.contains(Flaw.MACHINE_BELIEVES_STALE_CLAIMS)
                                ? new Bent<>(machine, FlawedRules::believing)
                                : machine,
                        flaws.contains(Flaw.HOST_IS_GIVEN_TO_ANYONE)
                                ? new Bent<>(host, FlawedRules::generous)
                                : flaws.contains(Flaw.HOSTS_ARE_NOT_FREED)
                                        ? new Bent<>(host, FlawedRules::stingy)
                                        : host,
                        new DeploymentDecider(),
                        new PlanDecider(),
                        new MachineClass.Rules(),
                        new TenantDecider()));
    }

    /** Takes every claim for the newest. */
    private static Machine believing(MachineCommand command, Machine state) {
        return command instanceof MachineCommand.Report report
                        && !(report instanceof MachineCommand.ClaimRun)
                        && state instanceof Machine.Live live
                        && live.phase() instanceof Machine.Phase.Working(Run run)
                ? new Machine.Live(
                        live.spec(),
                        live.host(),
                        new Machine.Phase.Working(
                                new Run(
                                        run.number(),
                                        run.kind(),
                                        report.fence(),
                                        run.progress(),
                                        run.pause(),
                                        run.cancel())),
                        live.runs(),
                        live.failures())
                : state;
    }

    /** Takes every host for a free one. */
    private static Host generous(HostCommand command, Host state) {
        return command instanceof HostCommand.Reserve ? vacant(state) : state;
    }

    /** Takes a host that is to be freed for a free one, so that nothing happens. */
    private static Host stingy(HostCommand command, Host state) {
        return command instanceof HostCommand.Free ? vacant(state) : state;
    }

    private static Host vacant(Host state) {
        return state instanceof Host.Live live
                ? new Host.Live(
                        live.spec(),
                        live.source(),
                        live.keys(),
                        live.facts(),
                        new Host.Occupancy.Vacant(),
                        live.standing())
                : state;
    }

    /** A decider that is mistaken about the state in one case. */
    private record Bent<C, S, E>(Decider<C, S, E> real, BiFunction<C, S, S> mistake)
            implements Decider<C, S, E> {

        @Override
        public String streamType() {
            return real.streamType();
        }

        @Override
        public Class<C> commands() {
            return real.commands();
        }

        @Override
        public Class<E> events() {
            return real.events();
        }

        @Override
        public S initial() {
            return real.initial();
        }

        @Override
        public List<E> decide(C command, S state) {
            return real.decide(command, mistake.apply(command, state));
        }

        @Override
        public S evolve(S state, E event) {
            return real.evolve(state, event);
        }
    }
}

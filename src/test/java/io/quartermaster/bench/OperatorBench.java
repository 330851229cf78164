package io.quartermaster.bench;

import io.quartermaster.bench.Floor.AtMost;
import io.quartermaster.bench.Floor.None;
import io.quartermaster.kube.KubeBinaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Custom resources by the thousand: how soon they are observed, and what they cost at rest. */
final class OperatorBench {
    private static final int RESOURCES = Integer.getInteger("bench.resources", 1000);

    private final Table table;
    private final Path folder;
    private final int rounds;

    OperatorBench(Table table, Path folder, int rounds) {
        this.table = table;
        this.folder = folder;
        this.rounds = rounds;
    }

    void run() throws Exception {
        if (!KubeBinaries.areHere()) {
            table.skipped("the operator", KubeBinaries.MISSING);
            return;
        }
        var half = new ArrayList<WholeOperator.Effort>();
        var whole = new ArrayList<WholeOperator.Effort>();
        for (int round = 0; round < rounds; round++) {
            Bench.say("operator, round " + (round + 1) + " of " + rounds);
            half.add(measure(round, RESOURCES / 2));
            whole.add(measure(round, RESOURCES));
        }
        var seconds = whole.stream().map(WholeOperator.Effort::seconds).toList();
        table.compare(
                "%,d custom resources, first create to last observed, s (peer: only created)"
                        .formatted(RESOURCES),
                seconds,
                whole.stream().map(WholeOperator.Effort::alone).toList(),
                new None());
        table.compare(
                "the same for each resource, ms (peer: half as many)",
                each(whole, RESOURCES),
                each(half, RESOURCES / 2),
                new AtMost(1.25));
        table.absolute(
                "requests to the API server at rest, per minute",
                new Sample(whole.stream().map(WholeOperator.Effort::requests).toList()),
                new AtMost(0));
        table.absolute(
                "heap in use with them, after a collection, MB",
                new Sample(whole.stream().map(WholeOperator.Effort::heap).toList()),
                new AtMost(256));
    }

    private WholeOperator.Effort measure(int round, int resources) throws Exception {
        var own = folder.resolve("operator-" + round + "-" + resources);
        try (var operator = new WholeOperator(own, resources)) {
            return operator.measure();
        }
    }

    private static List<Double> each(List<WholeOperator.Effort> efforts, int resources) {
        return efforts.stream().map(effort -> 1000 * effort.seconds() / resources).toList();
    }
}

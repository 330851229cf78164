package io.quartermaster.bench;

import java.util.ArrayList;
import java.util.List;

/** The outcome as a Markdown table, to be read in a terminal and pasted into the README. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> shortfalls = new ArrayList<>();

    Table() {
        rows.add(List.of("what", "ours", "peer", "ratio", "floor", ""));
    }

    /** Both numbers of each round, and ours as a multiple of the peer's, which has a floor. */
    void compare(String what, List<Double> ours, List<Double> peer, Floor floor) {
        var ratio = Sample.ratios(ours, peer);
        row(what, new Sample(ours), new Sample(peer).toString(), ratio.toString())
                .judge(what, ratio.median(), floor);
    }

    /** The other way round: how many times as long the peer takes. */
    void faster(String what, List<Double> ours, List<Double> peer, Floor floor) {
        var ratio = Sample.ratios(peer, ours);
        row(what, new Sample(ours), new Sample(peer).toString(), ratio.toString())
                .judge(what, ratio.median(), floor);
    }

    /** A number that stands for itself. */
    void absolute(String what, Sample sample, Floor floor) {
        row(what, sample, "", "").judge(what, sample.median(), floor);
    }

    /** What could not be measured, and why. */
    void skipped(String what, String why) {
        rows.add(List.of(what, "", "skipped: " + why, "", "", ""));
    }

    private Row row(String what, Sample ours, String peer, String ratio) {
        var cells = new ArrayList<>(List.of(what, ours.toString(), peer, ratio));
        rows.add(cells);
        return new Row(cells);
    }

    private final class Row {
        private final List<String> cells;

        Row(List<String> cells) {
            this.cells = cells;
        }

        void judge(String what, double value, Floor floor) {
            cells.add(floor.toString());
            cells.add(floor instanceof Floor.None ? "" : floor.holds(value) ? "ok" : "short");
            if (!floor.holds(value)) shortfalls.add(what);
            Bench.say(String.join(" | ", cells));
        }
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) text.append("| --- | --- | --- | --- | --- | --- |\n");
        }
        if (!shortfalls.isEmpty()) {
            text.append("\nShort of its floor: ")
                    .append(String.join("; ", shortfalls))
                    .append('\n');
        }
        return text.toString();
    }
}

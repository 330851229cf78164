package io.quartermaster.rest.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) strictly and tells nothing from an empty text: the former is null, the
 * latter a pair of quotes.
 */
public final class CsvText {
    private final String text;
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private int at;

    private CsvText(String text) {
        this.text = text;
    }

    /** The rows, the header first. */
    public static List<List<@Nullable String>> parse(String text) {
        var parser = new CsvText(text);
        while (parser.at < text.length()) parser.row();
        return parser.rows;
    }

    private void row() {
        var cells = new ArrayList<@Nullable String>();
        do cells.add(cell());
        while (skip(","));
        if (!skip("\r\n")) throw new IllegalArgumentException("no end of the row at " + at);
        rows.add(cells);
    }

    private boolean skip(String expected) {
        if (!text.startsWith(expected, at)) return false;
        at += expected.length();
        return true;
    }

    private @Nullable String cell() {
        if (skip("\"")) return quoted();
        int from = at;
        while (at < text.length() && ",\r\n\"".indexOf(text.charAt(at)) < 0) at++;
        return from == at ? null : text.substring(from, at);
    }

    private String quoted() {
        var cell = new StringBuilder();
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) throw new IllegalArgumentException("quotes without an end at " + at);
            cell.append(text, at, end);
            at = end + 1;
            if (!skip("\"")) return cell.toString();
            cell.append('"');
        }
    }
}

package io.quartermaster.rest.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as comma-separated values (RFC 4180) in UTF-8, written row by row: a header, lines that
 * end with CR and LF, decimals without exponent, nothing at all between the commas for null. A text
 * that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection).
 */
public final class Csv implements AutoCloseable {

    /** The media type. */
    public static final String MEDIA_TYPE = "text/csv";

    private static final CsvMapper MAPPER =
            CsvMapper.csvBuilder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .build();
    private static final String FORMULAS = "=+-@\t\r\n";

    private final SequenceWriter rows;

    /** Begins a table. It does not close the stream that it writes to. */
    public Csv(OutputStream output, List<String> header) throws IOException {
        var schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        header.forEach(schema::addColumn);
        this.rows = MAPPER.writer(schema.build()).forType(Object[].class).writeValues(output);
    }

    /**
     * Adds a row.
     *
     * @param cells numbers, texts, texts by name (which become JSON), null, and what has a text of
     *     its own
     */
    public void add(List<? extends @Nullable Object> cells) throws IOException {
        var written = new @Nullable Object[cells.size()];
        for (int i = 0; i < written.length; i++) written[i] = cell(cells.get(i));
        rows.write(written);
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean flag -> flag;
            case Map<?, ?> named -> Labels.json(named);
            default -> harmless(value.toString());
        };
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

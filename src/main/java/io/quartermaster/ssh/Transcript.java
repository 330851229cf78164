package io.quartermaster.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes apart what a target sends: output of steps, and records. A record is a nonce that nobody
 * else on the target knows, a blank, words, and the end of the line (or {@code #}, for prompts); it
 * may begin anywhere, since output need not end its last line.
 */
final class Transcript {
    private static final int MAX_RECORD = 1024;

    /** What comes next. */
    sealed interface Part {
        /**
         * Output, not cut at lines or characters: the decoder keeps halves of characters for the
         * next part.
         */
        record Text(String text) implements Part {}

        /** A record. */
        record Words(List<String> words) implements Part {
            String word(int index) {
                return index < words.size() ? words.get(index) : "";
            }
        }
    }

    private final InputStream in;
    private final byte[] bytes = new byte[32 * 1024];
    private int from;
    private int to;
    private byte[] mark;
    private final CharsetDecoder decoder = decoder();

    Transcript(InputStream in, String mark) {
        this.in = in;
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    }

    /** From now on records begin with this nonce. */
    void expect(String nonce) {
        mark = nonce.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The next part; blocks until it is there.
     *
     * @throws EOFException when the channel ends: a target that is finished says so before
     */
    Part next() throws IOException {
        while (true) {
            int at = find();
            if (at > from) {
                String text = decode(at);
                if (!text.isEmpty()) {
                    return new Part.Text(text);
                }
            } else if (to - from >= mark.length && startsWithMark(from)) {
                int end = endOfRecord();
                if (end >= 0) {
                    return record(end);
                }
            }
            fill();
        }
    }

    /**
     * Where a record begins, or may begin once more has come; the end of what is there otherwise.
     */
    private int find() {
        for (int i = from; i < to; i++) {
            if (bytes[i] == mark[0] && startsWithMark(i)) {
                return i;
            }
        }
        return to;
    }

    private boolean startsWithMark(int at) {
        int length = Math.min(mark.length, to - at);
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private int endOfRecord() throws IOException {
        for (int i = from + mark.length; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '#') {
                return i;
            }
        }
        if (to - from > MAX_RECORD) {
            throw new IOException("a record of the target has no end");
        }
        return -1;
    }

    private Part record(int end) {
        int start = from + mark.length;
        String line = new String(bytes, start, end - start, StandardCharsets.UTF_8).strip();
        from = end + 1;
        return new Part.Words(List.of(line.split(" +")));
    }

    private String decode(int end) {
        ByteBuffer input = ByteBuffer.wrap(bytes, from, end - from);
        CharBuffer output = CharBuffer.allocate(end - from + 1);
        decoder.decode(input, output, false);
        // Less than a whole character is left; it stays in front of what comes next, unless a
        // record comes next.
        int rest = input.remaining();
        if (end < to) {
            decoder.decode(input, output, true);
            decoder.reset();
            rest = 0;
        }
        from = end - rest;
        return output.flip().toString();
    }

    private void fill() throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        int read = in.read(bytes, to, bytes.length - to);
        if (read < 0) {
            throw new EOFException("the channel ended");
        }
        to += read;
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }
}

package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.ssh.Transcript.Part;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final String NONCE = "abcabd";

    @Test
    void records_are_found_wherever_they_begin() throws Exception {
        assertEquals(
                List.of("[begun, 0.1]", "one", "[result, 0.1]", "two\n", "[end]"),
                parts(
                        NONCE + " begun 0.1\none" + NONCE + " result 0.1\ntwo\n" + NONCE + " end#",
                        1000));
    }

    @Test
    void the_beginning_of_a_nonce_is_text_when_no_nonce_follows() throws Exception {
        assertEquals(
                List.of("abcab-abcabcabc\n", "[end]"),
                parts("abcab-abcabcabc\n" + NONCE + " end\n", 1000));
    }

    @Test
    void it_does_not_matter_how_the_bytes_are_cut() throws Exception {
        String sent = "é€😀abc\n" + NONCE + " begun 0.1\n😀😀ab" + NONCE + " end\n";
        for (int size = 1; size < 20; size++) {
            assertEquals(
                    List.of("é€😀abc\n", "[begun, 0.1]", "😀😀ab", "[end]"), parts(sent, size));
        }
    }

    @Test
    void bytes_that_are_no_characters_do_no_harm() throws Exception {
        byte[] noise = new byte[5000];
        new Random(7).nextBytes(noise);
        byte[] end = ("\n" + NONCE + " end\n").getBytes(StandardCharsets.US_ASCII);
        byte[] sent = Arrays.copyOf(noise, noise.length + end.length);
        System.arraycopy(end, 0, sent, noise.length, end.length);

        List<String> parts = parts(sent, 7);

        assertEquals("[end]", parts.getLast());
    }

    @Test
    void a_record_without_end_is_refused() {
        String endless = NONCE + " x".repeat(2000);

        assertThrows(IOException.class, () -> parts(endless, 1000));
    }

    @Test
    void a_channel_that_ends_without_a_last_record_is_cut() {
        Transcript transcript = new Transcript(InputStream.nullInputStream(), NONCE);

        assertThrows(EOFException.class, transcript::next);
    }

    private static List<String> parts(String sent, int size) throws IOException {
        return parts(sent.getBytes(StandardCharsets.UTF_8), size);
    }

    /** Texts joined, records in brackets. */
    private static List<String> parts(byte[] sent, int size) throws IOException {
        Transcript transcript = new Transcript(inChunks(sent, size), NONCE);
        List<String> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (transcript.next()) {
                case Part.Text(String more) -> text.append(more);
                case Part.Words words -> {
                    if (!text.isEmpty()) {
                        parts.add(text.toString());
                        text.setLength(0);
                    }
                    parts.add(words.words().toString());
                    if (words.word(0).equals("end")) {
                        return parts;
                    }
                }
            }
        }
    }

    private static InputStream inChunks(byte[] sent, int size) {
        return new ByteArrayInputStream(sent) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, size));
            }
        };
    }
}

package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Mark;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Bytes to text: UTF-8 without exception, within the limit, and without characters that cannot be
 * stored or shown.
 */
public final class Encoding {
    /** 1 MiB. */
    static final int BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Encoding() {}

    /** The text of the bytes. */
    public static String decode(byte[] bytes) {
        refuseLarge(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (end.isError()) {
            throw new Refusal(
                    Refusal.Code.NOT_UTF8,
                    mark(text, text.length()),
                    "here stands a byte that is not UTF-8; save the text as UTF-8");
        }
        return checked(text);
    }

    /** The same text, if it could have come from bytes. */
    public static String check(String text) {
        // At least one byte a character: nothing longer needs to be encoded to know.
        refuseLarge(text.length());
        refuseLarge(text.getBytes(StandardCharsets.UTF_8).length);
        return checked(text);
    }

    private static void refuseLarge(int bytes) {
        if (bytes > BYTES) {
            throw new Refusal(
                    Refusal.Code.TOO_LARGE,
                    new Mark(1, 1),
                    "the text has more than " + BYTES + " bytes; send it in several parts");
        }
    }

    private static String checked(String text) {
        IntStream.range(0, text.length())
                .filter(i -> isForbidden(text, i))
                .findFirst()
                .ifPresent(
                        i -> {
                            throw new Refusal(
                                    Refusal.Code.FORBIDDEN_CHARACTER,
                                    mark(text, i),
                                    forbidden(text, i));
                        });
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    private static String forbidden(String text, int index) {
        return String.format(
                "here stands the control character U+%04X; take it out", (int) text.charAt(index));
    }

    private static boolean isForbidden(String text, int index) {
        char each = text.charAt(index);
        if (Character.isSurrogate(each)) {
            return !isPaired(text, index);
        }
        if (each == BYTE_ORDER_MARK) {
            return index > 0;
        }
        boolean space = each == '\t' || each == '\n' || each == '\r' || each == '\u0085';
        return !space && Character.isISOControl(each) || each == '\uFFFE' || each == '\uFFFF';
    }

    /** Whether PostgreSQL and UTF-8 can hold it: escapes may have made what bytes cannot. */
    static boolean canBeStored(String text) {
        return IntStream.range(0, text.length())
                .noneMatch(
                        i ->
                                text.charAt(i) == 0
                                        || Character.isSurrogate(text.charAt(i))
                                                && !isPaired(text, i));
    }

    /** Whether the surrogate at the index has its other half beside it. */
    private static boolean isPaired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static Mark mark(String text, int index) {
        String before = text.substring(0, index);
        int line = (int) before.chars().filter(each -> each == '\n').count() + 1;
        return new Mark(line, index - before.lastIndexOf('\n'));
    }
}

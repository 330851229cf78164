package io.quartermaster.kube;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What steps write on the objects that they make. */
final class Marks {
    /** Label: whose it is. */
    static final String MACHINE = "quartermaster.io/machine";

    /** Label of a Job and its pods: the run that it belongs to. */
    static final String RUN = "quartermaster.io/run";

    /** Annotation: machine, run and place of the step that changed it last. */
    static final String APPLIED_BY = "quartermaster.io/applied-by";

    /** In characters, of labels and of the names that become labels. */
    private static final int LONGEST = 63;

    private static final int DIGITS = 10;

    private Marks() {}

    /** Whether, in which run and by which step something was changed. */
    static String appliedBy(Doing doing) {
        return doing.machine() + "/" + doing.run() + "/" + doing.task().index();
    }

    /** The text as a label's value or a Job's name; what is too long ends with a digest. */
    static String fitting(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, LONGEST - DIGITS - 1) + "-" + digest(text);
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

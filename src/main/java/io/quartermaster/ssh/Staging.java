package io.quartermaster.ssh;

import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends a large file to a target ahead of the step that puts it in its place, and goes on where an
 * earlier call was cut.
 */
record Staging(RemoteShell shell, SourceFiles files, Troubles troubles) {
    private static final int CHUNK = 64 * 1024;

    /**
     * Sends what the target does not have yet.
     *
     * @return false when somebody wished that it ends; what was sent is kept
     */
    boolean send(Connection connection, Step.Upload upload, String mark, Journal journal)
            throws HostException, IOException {
        Path source = files.resolve(upload.source());
        long size = Files.size(source);
        String program =
                Bundle.assign("path", upload.path())
                        + Bundle.assign("sha256", Hashes.sha256(source))
                        + Bundle.assign("size", Long.toString(size))
                        + Resources.sh("stage");
        try (RemoteShell.Running running = shell.start(connection, mark, program)) {
            Part.Words answer = words(running);
            if (answer.word(0).equals("have")) {
                return true;
            }
            if (!copy(source, Long.parseLong(answer.word(1)), running.input(), journal)) {
                return false;
            }
            return stored(connection.target(), upload, words(running).word(0));
        }
    }

    private boolean stored(Target target, Step.Upload upload, String answer) throws HostException {
        if (answer.equals("stored")) {
            return true;
        }
        if (answer.equals("full")) {
            throw troubles.full(target);
        }
        throw troubles.waits(
                "upload-damaged",
                upload.source() + " arrived damaged at " + Troubles.where(target),
                "None: it is sent again; see whether the source is being written");
    }

    private static Part.Words words(RemoteShell.Running running) throws IOException {
        while (true) {
            if (running.transcript().next() instanceof Part.Words words) {
                return words;
            }
        }
    }

    private static boolean copy(Path source, long from, OutputStream out, Journal journal)
            throws IOException {
        byte[] bytes = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(source)) {
            in.skipNBytes(from);
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (journal.wish() != Journal.Wish.GO_ON) {
                    return false;
                }
                out.write(bytes, 0, read);
            }
            RemoteShell.end(out);
            return true;
        } catch (EOFException e) {
            throw new IOException(
                    "the target has more of " + source.getFileName() + " than there is", e);
        }
    }
}

package io.quartermaster.ssh;

import java.io.IOException;
import java.nio.file.Path;

/** Files on the daemon's side that steps and credentials name. */
@FunctionalInterface
public interface SourceFiles {

    /**
     * The real path of a regular file that may be read, symbolic links resolved.
     *
     * @throws IOException when there is no such file, or it may not be read; the message says which
     *     and why
     */
    Path resolve(String name) throws IOException;
}

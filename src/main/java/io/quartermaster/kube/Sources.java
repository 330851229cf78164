package io.quartermaster.kube;

import java.io.IOException;
import java.nio.file.Path;

/** What steps name on the daemon's side. */
public interface Sources {

    /**
     * The real path of a regular file that may be read.
     *
     * @throws IOException when there is no such file, or it may not be read; the message says which
     */
    Path file(String name) throws IOException;

    /**
     * The real path of a directory that may be read.
     *
     * @throws IOException as for a file
     */
    Path directory(String name) throws IOException;
}

package io.quartermaster.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files below given directories and nowhere else: symbolic links are resolved before the decision,
 * so that neither {@code ..} nor a link leads out.
 *
 * @param directories absolute; relative names are looked up in each, in order; one that does not
 *     exist allows nothing
 */
public record AllowedDirectories(List<Path> directories) implements SourceFiles {

    /** Keeps its own copy. */
    public AllowedDirectories {
        directories = List.copyOf(directories);
    }

    @Override
    public Path resolve(String name) throws IOException {
        for (Path directory : directories) {
            Path real = real(directory, name);
            if (real != null) {
                return real;
            }
        }
        throw new NoSuchFileException(
                name,
                null,
                "not a readable file below the directories that may be read: " + directories);
    }

    private static @org.jspecify.annotations.Nullable Path real(Path directory, String name)
            throws IOException {
        try {
            Path real = directory.resolve(name).toRealPath();
            boolean below = real.startsWith(directory.toRealPath());
            return below && Files.isRegularFile(real) && Files.isReadable(real) ? real : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        }
    }
}

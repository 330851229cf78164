package io.quartermaster.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
        return resolve(name, "file", real -> Files.isRegularFile(real));
    }

    /**
     * The real path of a directory below the allowed ones, or of one of these.
     *
     * @throws IOException when there is no such directory, or it may not be read
     */
    public Path directory(String name) throws IOException {
        return resolve(name, "directory", real -> Files.isDirectory(real));
    }

    private Path resolve(String name, String what, Predicate<Path> fits) throws IOException {
        for (Path directory : directories) {
            Path real = real(directory, name);
            if (real != null && fits.test(real) && Files.isReadable(real)) {
                return real;
            }
        }
        throw new NoSuchFileException(
                name,
                null,
                "not a readable "
                        + what
                        + " below the directories that may be read: "
                        + directories);
    }

    private static @Nullable Path real(Path directory, String name) throws IOException {
        try {
            Path real = directory.resolve(name).toRealPath();
            return real.startsWith(directory.toRealPath()) ? real : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        }
    }
}

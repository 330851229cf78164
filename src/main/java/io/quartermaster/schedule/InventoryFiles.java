package io.quartermaster.schedule;

import io.quartermaster.inventory.Source;
import io.quartermaster.inventory.SourcePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads an inventory source, a file or a folder, with the variable files beside it. */
final class InventoryFiles {

    private static final int MOST_FILES = 10_000;
    private static final long LONGEST_FILE = 64L << 20;

    private InventoryFiles() {}

    /**
     * The texts of one source in the order in which Ansible reads them.
     *
     * @throws UnreadableSource naming the file and what is wrong with it
     */
    static List<Source> read(Path source) {
        if (!Files.exists(source)) {
            throw new UnreadableSource(source + " does not exist");
        }
        // Sorted, each once: the folder's own variables would come again beside each of its files.
        TreeMap<String, Path> files = new TreeMap<>();
        boolean folder = Files.isDirectory(source);
        if (folder) {
            collect(source, files);
        } else {
            files.put(name(source), source);
        }
        Path absolute = source.toAbsolutePath();
        Path beside = folder ? absolute : absolute.resolveSibling(".").normalize();
        for (String variables : List.of("group_vars", "host_vars")) {
            Path directory = beside.resolve(variables);
            if (Files.isDirectory(directory)) {
                collect(directory, files);
            }
        }
        List<Source> texts = new ArrayList<>();
        files.forEach((name, file) -> texts.add(SourcePath.source(name, text(file))));
        return texts;
    }

    private static void collect(Path directory, TreeMap<String, Path> files) {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                if (SourcePath.isIgnoredInFolder(String.valueOf(entry.getFileName()))) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    collect(entry, files);
                } else {
                    files.put(name(entry), entry);
                }
                if (files.size() > MOST_FILES) {
                    throw new UnreadableSource(
                            directory + " holds more than " + MOST_FILES + " files");
                }
            }
        } catch (IOException e) {
            throw new UnreadableSource(directory + " cannot be listed: " + e.getMessage());
        }
    }

    private static String name(Path file) {
        return file.toAbsolutePath().normalize().toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new UnreadableSource(file + " is larger than 64 MiB");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableSource(file + " is not valid UTF-8");
        } catch (IOException e) {
            throw new UnreadableSource(file + " cannot be read: " + e.getMessage());
        }
    }

    /** A source cannot be read. */
    static final class UnreadableSource extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableSource(String why) {
            super(why, null, false, false);
        }
    }
}

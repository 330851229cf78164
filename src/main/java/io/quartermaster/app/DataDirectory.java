package io.quartermaster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one directory where a daemon keeps what must survive it; readable by its owner only. */
final class DataDirectory {
    private static final FileAttribute<?> OWNER_ONLY = permissions("rwx------");
    private static final FileAttribute<?> OWNER_READS = permissions("rw-------");
    private static final int SECRET_BYTES = 32;

    /** A channel that is closed, or collected as garbage, gives its lock away; these never are. */
    private static final Set<FileChannel> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final SecureRandom random;

    private DataDirectory(Path root, SecureRandom random) {
        this.root = root;
        this.random = random;
    }

    /** Opens the directory, and makes it where it is missing. */
    static DataDirectory open(Path directory, SecureRandom random) {
        var root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root, OWNER_ONLY);
        } catch (IOException e) {
            var message =
                    "The data directory %s cannot be made: %s. Make it, or set QUARTERMASTER_DATA.";
            throw new StartRefused("data-directory-unusable", message.formatted(root, e), e);
        }
        if (!Files.isWritable(root)) {
            var message =
                    "The data directory %s is not writable for this user. Set QUARTERMASTER_DATA.";
            throw new StartRefused("data-directory-unusable", message.formatted(root));
        }
        return new DataDirectory(root, random);
    }

    Path root() {
        return root;
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    Path makeDirectory(String name) {
        try {
            return Files.createDirectories(root.resolve(name), OWNER_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the directory for this process until it ends, however it ends: the system drops the
     * lock.
     *
     * @throws StartRefused when another process has it, naming that process
     */
    void lock() {
        var file = root.resolve("daemon.lock");
        try {
            var channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OWNER_READS);
            if (tryLock(channel) == null) throw inUse(file);
            HELD.add(channel);
            channel.truncate(0);
            channel.write(bytes(Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A random secret that is made once and then read, kept in a file that its owner alone reads.
     */
    String secret(String name) {
        var file = root.resolve(name);
        try {
            if (!Files.exists(file)) writeSecret(file);
            var secret = Files.readString(file).strip();
            if (!secret.isEmpty()) return secret;
            var message = "%s is empty. Remove it to have a new one made, or restore it.";
            throw new StartRefused("secret-unreadable", message.formatted(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appears whole or not at all, so that a daemon that starts beside this one reads the same. */
    private void writeSecret(Path file) throws IOException {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n";
        var temporary =
                Files.createTempFile(root, file.getFileName().toString(), ".new", OWNER_READS);
        try {
            Files.writeString(temporary, text);
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            // The other one was first; its secret counts.
        } finally {
            Files.delete(temporary);
        }
    }

    private StartRefused inUse(Path lockFile) throws IOException {
        var message =
                "The data directory %s is in use by another daemon (process %s). Stop that one, or give"
                        + " this one a directory of its own with QUARTERMASTER_DATA.";
        var owner = Files.readString(lockFile).strip();
        return new StartRefused(
                "data-directory-in-use",
                message.formatted(root, owner.isEmpty() ? "unknown" : owner));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}

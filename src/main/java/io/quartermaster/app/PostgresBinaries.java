package io.quartermaster.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own programs, packed into the jar for the platform that it was built on. */
final class PostgresBinaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private PostgresBinaries() {}

    /**
     * Unpacks the programs once, beside those of other versions, and says where they are. Safe to
     * be interrupted at any point: the folder appears under its name when it is complete.
     *
     * @param parent where the folder is made
     */
    static Path unpackedBelow(Path parent) {
        try {
            var folder = parent.resolve("postgres-" + fingerprint());
            if (!Files.isDirectory(folder)) unpack(parent, folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be unpacked below " + parent, e);
        }
    }

    private static void unpack(Path parent, Path folder) throws IOException {
        var temporary = parent.resolve("postgres.unpacking");
        FileTree.delete(temporary);
        Files.createDirectory(temporary);
        try (var archive = new TarArchiveInputStream(new XZCompressorInputStream(open()))) {
            for (var entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                unpack(archive, entry, temporary);
            }
        }
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path folder)
            throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder))
            throw new IOException("leaves the folder: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(archive, target);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    /** Of the packed archive, so that a newer jar never runs older programs. */
    private static String fingerprint() throws IOException {
        try (var archive = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open() {
        var name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        var stream = resource(name);
        if (stream != null) return new BufferedInputStream(stream);
        var message =
                "This build carries no PostgreSQL for this platform (%s is missing). Build on it, or set"
                        + " QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL of your own.";
        throw new StartRefused("no-embedded-postgres", message.formatted(name));
    }

    private static @Nullable InputStream resource(String name) {
        return PostgresBinaries.class.getResourceAsStream("/" + name);
    }

    static String archiveName(String system, String architecture) {
        var mac = system.toLowerCase(Locale.ROOT).startsWith("mac");
        var arm = architecture.equals("aarch64") || architecture.equals("arm64");
        return "postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }
}

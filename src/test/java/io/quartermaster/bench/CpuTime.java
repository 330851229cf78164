package io.quartermaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** What processes have used of the processor, as the kernel counts it: user and system together. */
final class CpuTime {
    private static final long TICK_MILLIS = 10;

    private CpuTime() {}

    /** Of one process and its ended children. */
    static Duration of(long pid) throws IOException {
        var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 11; field <= 14; field++) ticks += Long.parseLong(fields[field]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** Of a process and its children, ended ones too. */
    static Duration ofFamily(long pid) throws IOException {
        var sum = of(pid);
        var children = ProcessHandle.of(pid).orElseThrow().children().toList();
        for (var child : children) {
            try {
                sum = sum.plus(of(child.pid()));
            } catch (NoSuchFileException ended) {
                return ofFamily(pid); // its parent has its time now
            }
        }
        return sum;
    }
}

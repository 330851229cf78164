package io.quartermaster.engine;

import java.time.Instant;
import java.time.InstantSource;

class MemoryLogTest extends EventLogContract {
    private final MemoryLog log =
            new MemoryLog(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @Override
    EventLog log() {
        return log;
    }
}

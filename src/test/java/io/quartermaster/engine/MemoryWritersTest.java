package io.quartermaster.engine;

import java.time.InstantSource;

class MemoryWritersTest extends WritersContract {
    private final MemoryLog log = new MemoryLog(InstantSource.system());

    @Override
    EventLog log() {
        return log;
    }
}

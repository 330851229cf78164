package io.quartermaster.engine.lease;

class MemoryLeaseKeeperTest extends LeaseKeeperContract {
    private final Leases leases = new MemoryLeases(clock);

    @Override
    Leases leases() {
        return leases;
    }

    @Override
    void silence(String replica) {
        var own = leases.held().stream().filter(each -> each.owner().equals(replica)).toList();
        leases.release(own);
    }
}

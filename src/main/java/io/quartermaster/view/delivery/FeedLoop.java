package io.quartermaster.view.delivery;

import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Claim;
import io.quartermaster.engine.lease.LeaseKeeper;
import java.time.Duration;
import java.time.InstantSource;

/** Makes slices in one replica at a time: the one with the lease. */
public final class FeedLoop implements AutoCloseable {
    private static final String NAME = "usage-feed";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final WorkLoop loop;
    private final Claim claim;
    private final UsageFeed feed;
    private final InstantSource clock;
    private final Runnable fed;

    /**
     * @param fed called when there are new slices
     */
    public FeedLoop(UsageFeed feed, LeaseKeeper keeper, InstantSource clock, Runnable fed) {
        this.feed = feed;
        this.clock = clock;
        this.fed = fed;
        this.loop = new WorkLoop(NAME, PAUSE, WorkLoop.AND_LATER, this::look);
        this.claim = keeper.claim(NAME, loop::wake);
    }

    /** Starts to look. */
    public void start() {
        loop.start();
    }

    /** Something may have changed; returns at once. */
    public void wake() {
        loop.wake();
    }

    private boolean look() {
        if (claim.lease().isEmpty()) return false;
        var look = feed.look(clock.instant());
        if (look.made() > 0) fed.run();
        return look.more();
    }

    @Override
    public void close() {
        loop.close();
        claim.close();
    }
}

package io.quartermaster.simulation;

import java.time.Duration;
import java.util.List;

/** What happens to hosts from outside. */
final class Weather {

    private final World world;
    private final int rarity;

    Weather(World world) {
        this.world = world;
        this.rarity = 20 + world.random.nextInt(200);
    }

    void change() {
        if (world.random.nextInt(rarity) != 0) {
            return;
        }
        List<SimulatedHost> hosts = List.copyOf(world.hosts.values());
        SimulatedHost host = hosts.get(world.random.nextInt(hosts.size()));
        var until = world.instant().plus(Duration.ofSeconds(1 + world.random.nextInt(200)));
        switch (world.random.nextInt(8)) {
            case 0, 1 -> {
                world.trace.say(world, host.name, "loses power");
                host.goDown(until);
            }
            case 2, 3, 4 -> {
                world.trace.say(world, host.name, "is cut off");
                host.cutOff(until);
            }
            case 5 -> {
                world.trace.say(world, host.name, "shows another key");
                host.changeKey();
            }
            case 6 -> {
                world.trace.say(world, host.name, "is full");
                host.full(true);
            }
            default -> {
                world.trace.say(world, host.name, "has room again");
                host.full(false);
            }
        }
    }
}

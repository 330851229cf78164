package io.quartermaster.schedule;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.inventory.Connection;
import io.quartermaster.inventory.Inventory;
import io.quartermaster.inventory.InventoryHost;
import io.quartermaster.inventory.InventoryReader;
import io.quartermaster.inventory.InventoryReading;
import io.quartermaster.inventory.Limits;
import io.quartermaster.inventory.Problem;
import io.quartermaster.inventory.Secret;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hosts known that the inventory sources name. A source that cannot be read changes
 * nothing: its hosts stay as they were. A host that a source no longer names is given up when
 * nothing is on it, else no machine is put on it any more.
 */
public final class InventoryPass {

    private static final Logger LOG = Logger.getLogger(InventoryPass.class);
    private static final String SOURCE = "inventory:";

    /** What is known of the hosts so far. */
    public interface Known {

        /** The hosts that came from the source, with the machine on each where there is one. */
        Map<String, Optional<String>> from(String source);
    }

    private final List<Path> sources;
    private final String defaultUser;
    private final Known known;
    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;
    private final Map<Path, Inventory> inventories = new ConcurrentHashMap<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<String, HostCommand> said = new HashMap<>();

    /**
     * @param defaultUser who signs in where the inventory names nobody
     * @param ids gives each command its id
     */
    public InventoryPass(
            List<Path> sources,
            String defaultUser,
            Known known,
            Dispatcher dispatcher,
            Supplier<UUID> ids) {
        this.sources = sources;
        this.defaultUser = defaultUser;
        this.known = known;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /** The value of a secret that an inventory holds, by the name its hosts' specifications use. */
    public Optional<String> secret(String name) {
        return inventories.values().stream()
                .flatMap(inventory -> inventory.secret(name).stream())
                .map(Secret::reveal)
                .findFirst();
    }

    /** Reads every source again. */
    public synchronized void run() {
        sources.forEach(this::read);
    }

    private void read(Path path) {
        try {
            switch (InventoryReader.read(InventoryFiles.read(path), Limits.DEFAULT)) {
                case InventoryReading.Refused(List<Problem> problems) ->
                        problems.forEach(problem -> report("Inventory not used: " + problem));
                case InventoryReading.Accepted(Inventory inventory, List<Problem> warnings) -> {
                    warnings.forEach(warning -> report("Inventory: " + warning));
                    apply(path, inventory);
                }
            }
        } catch (InventoryFiles.UnreadableSource unreadable) {
            report("Inventory not used: " + unreadable.getMessage());
        }
    }

    /** Says each thing once, not with every pass. */
    private void report(String problem) {
        if (reported.add(problem)) {
            LOG.warn(problem);
        }
    }

    private void apply(Path path, Inventory inventory) {
        String source = SOURCE + path;
        inventories.put(path, inventory);
        Set<String> named = new HashSet<>();
        for (InventoryHost host : inventory.hosts()) {
            named.add(host.name());
            if (host.connection() instanceof Connection.Unusable(List<Problem> problems)) {
                problems.forEach(problem -> report("Host not used: " + problem));
            }
            host.spec(defaultUser)
                    .ifPresent(spec -> say(host.name(), new HostCommand.Enrol(spec, source)));
        }
        known.from(source)
                .forEach(
                        (host, machine) -> {
                            if (!named.contains(host)) {
                                say(host, gone(source, machine.orElse(null)));
                            }
                        });
    }

    /** Says what is new: a pass over many unchanged hosts costs nothing but the reading. */
    private void say(String host, HostCommand command) {
        if (command.equals(said.put(host, command))) {
            return;
        }
        Order order = new Order(new StreamId(HostDecider.STREAM, host), "", command);
        try {
            dispatcher.send(order, Ask.by("system:inventory", ids.get()));
        } catch (Rejected refused) {
            report("Inventory, host " + host + ": " + refused.getMessage());
        } catch (RuntimeException failed) {
            said.remove(host);
            throw failed;
        }
    }

    private static HostCommand gone(String source, @Nullable String machine) {
        String reason = "no longer in " + source;
        return machine == null
                ? new HostCommand.Retire(reason)
                : new HostCommand.StartMaintenance(reason);
    }
}

package io.quartermaster.view.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.view.RandomHistory;
import io.quartermaster.view.World;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private final World world = new World();
    private final Inventory inventory = new Inventory(world.database, world.log);

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void hosts_are_listed_as_ansible_takes_them() {
        var labels = Map.of("pool", "fra-1", "group/web_servers", "true");
        world.host("jump", spec("198.51.100.1", Map.of(), null));
        world.host("h1", spec("192.0.2.1", labels, "jump"));
        world.host("bare", spec("192.0.2.9", Map.of(), null));
        world.machineClass("small", Map.of("pool", "fra-1")).plan("base", "one");
        world.deployment("web", 1, "small", "base").allocate();

        var h1 =
                Map.of(
                        "ansible_host", "192.0.2.1",
                        "ansible_port", 2222,
                        "ansible_user", "deploy",
                        "ansible_become", true,
                        "ansible_become_method", "sudo",
                        "ansible_ssh_common_args", "-o ProxyJump=deploy@198.51.100.1:2222",
                        "rack", 7);
        assertEquals(Optional.of(h1), inventory.now(null).host("h1"));
        var list = inventory.now(null).list();
        assertEquals(h1, within(list, "_meta", "hostvars", "h1"));
        for (var group : List.of("web_servers", "pool_fra_1", "deployment_web", "class_small")) {
            assertEquals("[h1]", within(list, group, "hosts").toString(), group);
        }
        assertEquals("[bare, jump]", within(list, "ungrouped", "hosts").toString());
        assertEquals(
                "[class_small, deployment_web, pool_fra_1, ungrouped, web_servers]",
                within(list, "all", "children").toString());
    }

    @Test
    void a_tenant_sees_hosts_with_its_machines_and_the_way_there() {
        world.host("jump", spec("198.51.100.1", Map.of(), null));
        world.host("h1", spec("192.0.2.1", Map.of("pool", "a"), "jump"));
        world.host("h2", spec("192.0.2.2", Map.of("pool", "b"), null));
        world.machineClass("small", Map.of("pool", "a")).plan("base", "one");
        world.deployment("web", 1, "small", "base").allocate();
        var mine = inventory.now("acme");
        assertEquals("[h1]", hosts(mine));
        assertTrue(mine.host("h1").orElseThrow().containsKey("ansible_ssh_common_args"));
        assertEquals(Optional.empty(), mine.host("h2"));
        assertEquals("[]", hosts(inventory.now("other")));
    }

    @Test
    void nothing_secret_and_nothing_that_ssh_would_take_for_an_option_is_shown() {
        Map<String, Object> variables =
                Map.of(
                        "motd", "hi",
                        "ansible_password", "s3cret",
                        "ansible_become_pass", "s3cret",
                        "ansible_ssh_private_key", "s3cret");
        world.host("h1", spec("192.0.2.1", "deploy", variables, "evil"));
        world.host("evil", spec("198.51.100.1", "-oProxyCommand=reboot", Map.of(), null));
        var host = inventory.now(null).host("h1").orElseThrow();
        assertFalse(host.toString().contains("s3cret"), host.toString());
        assertFalse(host.toString().contains("Proxy"), host.toString());
        assertEquals("hi", host.get("motd"));
    }

    @Test
    void bastions_in_a_circle_do_not_keep_the_inventory_from_being_shown() {
        world.host("a", spec("192.0.2.1", Map.of(), "b"));
        world.host("b", spec("192.0.2.2", Map.of(), "a"));
        assertEquals("[a, b]", hosts(inventory.now(null)));
    }

    @Test
    void the_inventory_of_an_earlier_time_is_what_was_shown_then() {
        var history = new RandomHistory(15, world);
        var then = new TreeMap<Instant, Map<String, Object>>();
        for (int i = 0; i < 250; i++) {
            history.step();
            then.put(world.now(), inventory.now(null).list());
        }
        assertTrue(then.values().stream().distinct().count() > 10);
        then.forEach((at, list) -> assertEquals(list, inventory.at(at, null).list()));
        assertEquals("[]", hosts(inventory.at(World.START.minusSeconds(1), null)));
    }

    @Test
    void a_retired_host_is_not_listed() {
        world.host("h1", Map.of()).pass(Duration.ofMinutes(1));
        world.send("host", "h1", new HostCommand.Retire("sold"));
        assertEquals("[]", hosts(inventory.now(null)));
        assertEquals("[]", hosts(inventory.at(world.now(), null)));
        assertEquals("[h1]", hosts(inventory.at(World.START, null)));
    }

    private static String hosts(AnsibleInventory inventory) {
        return ((Map<?, ?>) within(inventory.list(), "_meta", "hostvars")).keySet().toString();
    }

    private static Object within(Map<?, ?> object, String... keys) {
        Object value = object;
        for (var key : keys) value = ((Map<?, ?>) value).get(key);
        return value;
    }

    private static HostSpec spec(
            String address, Map<String, String> labels, @Nullable String bastion) {
        var become = new Become(Become.Method.SUDO, "sudo-password");
        return new HostSpec(
                address,
                2222,
                "deploy",
                become,
                new Credentials.Password("ssh-password"),
                List.of(),
                bastion,
                labels,
                Map.of("rack", 7));
    }

    private static HostSpec spec(
            String address, String user, Map<String, Object> variables, @Nullable String bastion) {
        return new HostSpec(
                address,
                22,
                user,
                Become.NOBODY,
                new Credentials.Agent(),
                List.of(),
                bastion,
                Map.of(),
                variables);
    }
}

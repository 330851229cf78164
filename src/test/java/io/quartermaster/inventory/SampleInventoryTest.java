package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.ssh;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sample of the quick start is what the quick start says it is. */
class SampleInventoryTest {

    @Test
    void the_sample_has_five_demo_hosts_on_loopback() throws IOException {
        var reading = accepted(sources());
        var inventory = reading.inventory();
        assertEquals(List.of(), reading.warnings());
        assertEquals(
                List.of("demo1", "demo2", "demo3", "demo4", "demo5"),
                inventory.hosts().stream().map(InventoryHost::name).toList());
        for (int i = 1; i <= 5; i++) {
            var ssh = ssh(inventory, "demo" + i);
            assertEquals("127.0.0.1:" + (2200 + i), ssh.address() + ":" + ssh.port());
            assertEquals("demo", ssh.user());
            assertEquals(
                    new Credentials.PrivateKey("ansible-inventory/keys/demo", null, null),
                    ssh.credentials());
        }
        var labels = Map.of("pool", "demo", "group/demo", "true", "group/store", "true");
        assertEquals(labels, ssh(inventory, "demo5").labels());
        assertEquals(
                "good evening",
                inventory.host("demo5").orElseThrow().variables().values().get("greeting"));
    }

    private static Source[] sources() throws IOException {
        var top = Path.of("ansible-inventory");
        var files = List.of("hosts.yml", "group_vars/demo.yml", "host_vars/demo5.yml");
        var sources = new Source[files.size()];
        for (int i = 0; i < sources.length; i++) {
            var file = top.resolve(files.get(i));
            sources[i] = SourcePath.source(file.toString(), Files.readString(file));
        }
        return sources;
    }
}

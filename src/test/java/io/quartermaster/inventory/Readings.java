package io.quartermaster.inventory;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;

/** Reads texts the way tests want it. */
final class Readings {
    private Readings() {}

    static InventoryReading.Accepted accepted(Source... sources) {
        var reading = InventoryReader.read(List.of(sources), Limits.DEFAULT);
        return assertInstanceOf(
                InventoryReading.Accepted.class, reading, () -> String.valueOf(reading));
    }

    static List<Problem> problems(Limits limits, Source... sources) {
        var reading = InventoryReader.read(List.of(sources), limits);
        return assertInstanceOf(InventoryReading.Refused.class, reading).problems();
    }

    static Source ini(String text) {
        return new Source.Ini("hosts.ini", text);
    }

    static Source yaml(String text) {
        return new Source.Yaml("hosts.yml", text);
    }

    static Connection.Ssh ssh(Inventory inventory, String host) {
        var connection = inventory.host(host).orElseThrow().connection();
        return assertInstanceOf(Connection.Ssh.class, connection, () -> String.valueOf(connection));
    }

    static Problem unusable(Inventory inventory, String host) {
        var connection = inventory.host(host).orElseThrow().connection();
        return assertInstanceOf(Connection.Unusable.class, connection).problems().getFirst();
    }
}

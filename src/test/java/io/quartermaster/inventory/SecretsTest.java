package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quartermaster.inventory.DynamicInventory.Variant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String TEXT =
            """
            all:
              vars:
                ansible_become_password: hunter2
                vault_anything: hunter2
              hosts:
                h:
                  ansible_password: hunter2
                  ansible_ssh_pass: hunter2
                  db: {user: app, password: hunter2, tokens: {api_token: [hunter2, {x: hunter2}]}}
                  use_token: true
                  pin_secret: 4711
                  bypass: open
                  secret_name: open
            """;

    @ParameterizedTest
    @EnumSource(Variant.class)
    void no_secret_is_in_the_dynamic_inventory(Variant variant) throws JsonProcessingException {
        var inventory = accepted(yaml(TEXT)).inventory();
        var json = new ObjectMapper().writeValueAsString(DynamicInventory.list(inventory, variant));
        assertFalse(json.contains("hunter2") || json.contains("4711"), json);
        var host = String.valueOf(DynamicInventory.host(inventory, "h").orElseThrow());
        assertFalse(host.contains("hunter2") || host.contains("4711"), host);
    }

    @Test
    void no_secret_is_printed_with_the_host() {
        var inventory = accepted(yaml(TEXT)).inventory();
        var printed =
                inventory.hosts().toString()
                        + inventory.groups()
                        + inventory.host("h").orElseThrow().spec("x");
        assertFalse(printed.contains("hunter2") || printed.contains("4711"), printed);
    }

    @Test
    void what_only_looks_like_a_secret_stays_readable() {
        var values = accepted(yaml(TEXT)).inventory().host("h").orElseThrow().variables().values();
        assertEquals("open", values.get("bypass"));
        assertEquals("open", values.get("secret_name"));
        assertEquals(true, values.get("use_token"));
        assertEquals("app", assertInstanceOf(Map.class, values.get("db")).get("user"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ansible_password",
                "ANSIBLE_SSH_PASS",
                "pass",
                "dbPassword",
                "vault_x",
                "api_key"
            })
    void such_names_are_secret(String name) {
        assertEquals(
                Secret.MASK, String.valueOf(Variable.of(name, "x", new Origin("", 0)).value()));
    }
}

package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.ini;
import static io.quartermaster.inventory.Readings.ssh;
import static io.quartermaster.inventory.Readings.unusable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.inventory.Problem.Code;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BastionTest {

    private static Inventory inventory(String text) {
        return accepted(ini(text)).inventory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o ProxyJump=jump",
                "-J jump",
                "-Jjump:2222",
                "-qJ ops@203.0.113.9",
                "-o 'ProxyJump ops@203.0.113.9:2222' -J other",
                "-o ProxyCommand='ssh -q -W %h:%p jump'",
                "-o ProxyCommand=\\\"/usr/bin/ssh -l ops -p 2222 -W%h:%p 203.0.113.9\\\""
            })
    void a_jump_host_is_found_in_the_inventory_by_name_or_address(String arguments) {
        var text =
                """
                jump ansible_host=203.0.113.9 ansible_port=2222 ansible_user=ops
                app ansible_ssh_common_args="%s"
                """;
        var inventory = inventory(text.formatted(arguments));
        assertEquals("jump", ssh(inventory, "app").bastion());
        assertEquals(2, inventory.hosts().size());
    }

    @Test
    void a_jump_host_that_the_inventory_lacks_becomes_a_host_of_its_own() {
        var inventory =
                inventory(
                        "app ansible_ssh_common_args=\"-o ProxyCommand="
                                + "'ssh -i keys/j -p 2222 -W %h:%p ops@jump.example'\"");
        var jump = ssh(inventory, "jump.example");
        assertEquals("jump.example", ssh(inventory, "app").bastion());
        assertEquals("ops", jump.user());
        assertEquals(2222, jump.port());
        assertEquals(new Credentials.PrivateKey("keys/j", null, null), jump.credentials());
        assertEquals(
                List.of("app"),
                inventory.group(Draft.UNGROUPED).orElseThrow().hosts(),
                "it is no member of the inventory");
    }

    @Test
    void a_chain_of_jump_hosts_is_walked_from_the_daemon_outwards() {
        var inventory = inventory("app ansible_ssh_common_args='-J outer,ops@inner:2222'");
        assertEquals("inner", ssh(inventory, "app").bastion());
        assertEquals("outer", ssh(inventory, "inner").bastion());
        assertNull(ssh(inventory, "outer").bastion());
    }

    @Test
    void a_bastion_among_the_hosts_behind_it_is_reached_straight() {
        var inventory =
                inventory("[all]\njump\napp\n[all:vars]\nansible_ssh_common_args=-J jump\n");
        assertNull(ssh(inventory, "jump").bastion());
        assertEquals("jump", ssh(inventory, "app").bastion());
    }

    @Test
    void the_word_none_means_straight() {
        var inventory =
                inventory(
                        "app ansible_ssh_args='-o ProxyJump=none' ansible_ssh_common_args='-J jump'");
        assertNull(ssh(inventory, "app").bastion());
    }

    @Test
    void a_declared_bastion_wins_over_ssh_arguments() {
        var inventory =
                inventory("a\nb\napp quartermaster_bastion=a ansible_ssh_common_args='-J b'");
        assertEquals("a", ssh(inventory, "app").bastion());
    }

    @Test
    void bastions_that_lead_in_a_circle_are_unusable() {
        var inventory =
                inventory(
                        "a quartermaster_bastion=b\nb quartermaster_bastion=a\nc quartermaster_bastion=a");
        assertEquals(Code.BASTION_CYCLE, unusable(inventory, "a").code());
        assertEquals(Code.BASTION_CYCLE, unusable(inventory, "b").code());
        assertEquals(Code.BASTION_CYCLE, unusable(inventory, "c").code());
    }

    @Test
    void a_bastion_named_with_another_user_than_the_inventory_has_is_a_conflict() {
        var inventory =
                inventory("jump ansible_user=ops\napp ansible_ssh_common_args='-J root@jump'");
        assertEquals(Code.BASTION_CONFLICT, unusable(inventory, "app").code());
    }

    @Test
    void a_chain_that_contradicts_a_bastions_own_way_is_a_conflict() {
        var inventory = inventory("inner\nouter\napp ansible_ssh_common_args='-J outer,inner'");
        assertEquals(Code.BASTION_CONFLICT, unusable(inventory, "app").code());
        assertNull(ssh(inventory, "inner").bastion());
    }

    @Test
    void a_host_behind_a_bastion_that_cannot_be_reached_is_unusable_too() {
        var inventory = inventory("jump ansible_port=0\napp ansible_ssh_common_args='-J jump'");
        assertEquals(Code.BASTION_UNUSABLE, unusable(inventory, "app").code());
    }
}

package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.ini;
import static io.quartermaster.inventory.Readings.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.inventory.Problem.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Ansible lets pass in silence or with a word is accepted, and said. */
class WarningsTest {

    private static List<String> warnings(Source... sources) {
        return accepted(sources).warnings().stream()
                .map(problem -> problem.origin() + " " + problem.code().text())
                .toList();
    }

    @Test
    void a_range_that_runs_backwards_means_no_host() {
        assertEquals(
                List.of("hosts.ini:1 inventory-bad-range", "hosts.yml:1 inventory-bad-range"),
                warnings(ini("web[3:1]"), yaml("all: {hosts: {'db[2:1]': }}")));
    }

    @Test
    void unknown_entries_of_a_group_are_passed_over() {
        assertEquals(
                List.of(
                        "hosts.yml:1 inventory-ignored-entry",
                        "hosts.yml:3 inventory-ignored-entry"),
                warnings(yaml("web: [h1]\nall:\n  host: {h2: }\n  hosts: {h3: }")));
    }

    @Test
    void a_host_named_like_a_group_is_told() {
        assertEquals(List.of("hosts.ini:2 inventory-name-clash"), warnings(ini("[web]\nweb\nh1")));
    }

    @Test
    void switching_host_key_checks_off_has_no_effect_and_is_told_once_for_a_group() {
        var text =
                """
                [web]
                h[1:50]
                [web:vars]
                ansible_ssh_common_args=-o StrictHostKeyChecking=no -o ControlMaster=auto
                ansible_host_key_checking=False
                """;
        assertEquals(
                List.of(
                        "hosts.ini:4 inventory-ignored-option",
                        "hosts.ini:5 inventory-ignored-option"),
                warnings(ini(text)));
    }

    @Test
    void a_password_beside_a_key_is_told() {
        var text = "h ansible_ssh_private_key_file=k ansible_password=x";
        assertEquals(Code.IGNORED_OPTION, accepted(ini(text)).warnings().getFirst().code());
    }

    @Test
    void variables_of_unknown_groups_and_hosts_are_told() {
        assertEquals(
                List.of(
                        "group_vars/wbe inventory-unknown-owner",
                        "host_vars/h2.yml inventory-unknown-owner"),
                warnings(
                        ini("[web]\nh1"),
                        new Source.GroupVars("wbe", "group_vars/wbe", "x: 1"),
                        new Source.HostVars("h2", "host_vars/h2.yml", "x: 1")));
    }
}

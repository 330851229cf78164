package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.accepted;
import static io.quartermaster.inventory.Readings.ini;
import static io.quartermaster.inventory.Readings.ssh;
import static io.quartermaster.inventory.Readings.unusable;
import static io.quartermaster.inventory.Readings.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.inventory.Problem.Code;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {

    private static Inventory inventory(String text) {
        return accepted(ini(text)).inventory();
    }

    @Test
    void a_host_of_which_nothing_is_said_is_reached_by_its_name_with_the_agents_keys() {
        var ssh = ssh(inventory("web1.example"), "web1.example");
        assertEquals("web1.example", ssh.address());
        assertEquals(22, ssh.port());
        assertNull(ssh.user());
        assertEquals(Become.NOBODY, ssh.become());
        assertEquals(new Credentials.Agent(), ssh.credentials());
        assertNull(ssh.bastion());
    }

    @Test
    void address_port_user_and_key_come_from_ansibles_variables() {
        var ssh =
                ssh(
                        inventory(
                                "h ansible_host=192.0.2.7 ansible_port=2222 ansible_user=ops"
                                        + " ansible_ssh_private_key_file=keys/ops"),
                        "h");
        assertEquals("192.0.2.7", ssh.address());
        assertEquals(2222, ssh.port());
        assertEquals("ops", ssh.user());
        assertEquals(new Credentials.PrivateKey("keys/ops", null, null), ssh.credentials());
    }

    @Test
    void of_two_names_for_the_same_the_ssh_specific_one_wins() {
        var ssh =
                ssh(
                        inventory(
                                "h ansible_ssh_user=two ansible_user=one ansible_ssh_port=2 ansible_port=1"),
                        "h");
        assertEquals("two", ssh.user());
        assertEquals(2, ssh.port());
    }

    @Test
    void what_variables_do_not_say_ssh_arguments_may() {
        var arguments =
                "-C -oPort=2200 -l ops -i keys/a -o \"CertificateFile keys/a-cert.pub\" -o User=late";
        var ssh = ssh(inventory("[all]\nh\n[all:vars]\nansible_ssh_extra_args=" + arguments), "h");
        assertEquals(2200, ssh.port());
        assertEquals("ops", ssh.user());
        assertEquals(
                new Credentials.PrivateKey("keys/a", "keys/a-cert.pub", null), ssh.credentials());
    }

    @Test
    void passwords_are_kept_aside_under_the_name_that_the_connection_mentions() {
        var inventory =
                inventory(
                        """
                        h ansible_password=0123 ansible_become=yes ansible_become_pass="{{ vault_root }}"
                        [all:vars]
                        vault_root=r00t
                        """);
        var ssh = ssh(inventory, "h");
        assertEquals(new Credentials.Password("inventory/h/ansible_password"), ssh.credentials());
        assertEquals(
                new Become(Become.Method.SUDO, "inventory/h/ansible_become_pass"), ssh.become());
        assertEquals(
                "0123", inventory.secret("inventory/h/ansible_password").orElseThrow().reveal());
        assertEquals(
                "r00t", inventory.secret("inventory/h/ansible_become_pass").orElseThrow().reveal());
    }

    @Test
    void doas_is_known_under_its_full_name_too() {
        var text = "h ansible_become=1 ansible_become_method=community.general.doas";
        assertEquals(new Become(Become.Method.DOAS, null), ssh(inventory(text), "h").become());
    }

    @Test
    void placeholders_in_connection_variables_are_filled() {
        var inventory =
                inventory(
                        """
                        web1.fra ansible_host="{{ inventory_hostname_short }}.{{ zone }}"
                        [all:vars]
                        zone={{ region }}.example.org
                        region=fra
                        """);
        assertEquals("web1.fra.example.org", ssh(inventory, "web1.fra").address());
        var kept = inventory.host("web1.fra").orElseThrow().variables().values().get("zone");
        assertEquals("{{ region }}.example.org", kept, "what is not for the connection stays");
    }

    @Test
    void host_keys_and_labels_have_variables_of_their_own() {
        var ssh =
                ssh(
                        accepted(
                                        yaml(
                                                """
                                                web:
                                                  vars: {quartermaster_labels: {pool: fra1, rack: 7}}
                                                  hosts:
                                                    h:
                                                      quartermaster_host_keys:
                                                        - ssh-ed25519 AAAAC3Nz me
                                                        - "@cert-authority * ssh-rsa AAAAB3Nz"
                                                """))
                                .inventory(),
                        "h");
        assertEquals(
                List.of("ssh-ed25519 AAAAC3Nz me", "@cert-authority * ssh-rsa AAAAB3Nz"),
                ssh.hostKeys());
        assertEquals(Map.of("pool", "fra1", "rack", "7", "group/web", "true"), ssh.labels());
    }

    @Test
    void a_host_that_is_not_reached_over_ssh_is_left_to_others() {
        var inventory = inventory("win1 ansible_connection=winrm ansible_port=nonsense");
        var host = inventory.host("win1").orElseThrow();
        assertEquals(new Connection.Other("winrm"), host.connection());
        assertEquals(java.util.Optional.empty(), host.spec("root"));
    }

    @Test
    void a_spec_names_the_daemons_user_where_the_inventory_names_none_and_holds_no_secret() {
        var text =
                "h rack=7 db_password=hunter2 api=\"{'token':'hunter2','url':'x'}\" nothing=None";
        var spec = inventory(text).host("h").orElseThrow().spec("daemon").orElseThrow();
        assertEquals("daemon", spec.user());
        assertEquals(Map.of("rack", 7, "api", Map.of("url", "x")), spec.variables());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    BAD_PORT             | ansible_port=0
                    BAD_PORT             | ansible_port=65536
                    BAD_PORT             | ansible_port=ssh
                    BAD_PORT             | ansible_port=2.5
                    BAD_ADDRESS          | ansible_host=-oProxyCommand
                    BAD_ADDRESS          | ansible_host="a b"
                    BAD_VALUE            | ansible_user="a b"
                    BAD_VALUE            | ansible_user=[1]
                    BAD_VALUE            | ansible_become=maybe
                    BAD_VALUE            | quartermaster_host_keys=hello
                    BAD_VALUE            | quartermaster_labels=fra1
                    BAD_VALUE            | ansible_ssh_extra_args=-o
                    OPEN_QUOTE           | ansible_ssh_extra_args="-o 'User"
                    UNSUPPORTED_BECOME   | ansible_become=true ansible_become_method=su
                    UNSUPPORTED_BECOME   | ansible_become=true ansible_become_user=postgres
                    UNSUPPORTED_TEMPLATE | ansible_host="{{ lookup('env', 'X') }}"
                    UNSUPPORTED_TEMPLATE | ansible_host="{{ nowhere }}"
                    UNSUPPORTED_TEMPLATE | ansible_host="{% if x %}a{% endif %}"
                    UNSUPPORTED_TEMPLATE | ansible_host="{{ ansible_host }}"
                    UNSUPPORTED_PROXY    | ansible_ssh_extra_args="-o ProxyCommand='nc -X 5 %h %p'"
                    UNSUPPORTED_PROXY    | ansible_ssh_extra_args="-o ProxyCommand='ssh -q jump'"
                    UNSUPPORTED_PROXY    | ansible_ssh_extra_args="-J 'a b'"
                    UNSUPPORTED_PROXY    | ansible_ssh_extra_args="-J a,b,c,d,e,f,g,h,i"
                    BASTION_UNUSABLE     | quartermaster_bastion=nowhere
                    """)
    void only_the_host_whose_connection_makes_no_sense_is_unusable(Code code, String variables) {
        var inventory = inventory("good\nbad " + variables);
        var problem = unusable(inventory, "bad");
        assertEquals(code, problem.code(), problem::toString);
        assertEquals(new Origin("hosts.ini", 2), problem.origin());
        assertEquals("good", ssh(inventory, "good").address());
    }

    @Test
    void a_vaulted_password_makes_the_host_unusable_and_says_why() {
        var text = "all: {hosts: {h: {ansible_password: !vault '$ANSIBLE_VAULT;1.1;AES256 6162'}}}";
        assertEquals(Code.ENCRYPTED, unusable(accepted(yaml(text)).inventory(), "h").code());
    }

    @Test
    void what_a_placeholder_was_filled_with_is_not_quoted() {
        var problem =
                unusable(
                        inventory("h ansible_host='{{ vault_x }}'\n[all:vars]\nvault_x=hunter2 !"),
                        "h");
        assertEquals(Code.BAD_ADDRESS, problem.code());
        assertFalse(problem.toString().contains("hunter2"), problem::toString);
    }
}

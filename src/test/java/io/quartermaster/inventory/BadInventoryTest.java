package io.quartermaster.inventory;

import static io.quartermaster.inventory.Readings.ini;
import static io.quartermaster.inventory.Readings.problems;
import static io.quartermaster.inventory.Readings.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quartermaster.inventory.Problem.Code;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each text is refused with the code and the line of the mistake, and nothing of the password in it
 * is quoted.
 */
class BadInventoryTest {
    private static final String PASSWORD = "hunter2";

    static Stream<Arguments> bad() {
        return Stream.of(badIni(), badNames(), badYaml(), badVariables()).flatMap(each -> each);
    }

    private static Stream<Arguments> badIni() {
        return Stream.of(
                Arguments.of(Code.NOT_A_SECTION, 2, ini("h1\n[web hosts]\nh2")),
                Arguments.of(Code.NOT_A_SECTION, 1, ini("[web:hosts_of]")),
                Arguments.of(Code.NOT_A_SECTION, 1, ini("[]")),
                Arguments.of(Code.NOT_KEY_VALUE, 1, ini("h1 ansible_password=my hunter2")),
                Arguments.of(Code.NOT_KEY_VALUE, 2, ini("[all:vars]\nansible_password hunter2")),
                Arguments.of(Code.OPEN_QUOTE, 1, ini("h1 ansible_password='hunter2")),
                Arguments.of(Code.OPEN_QUOTE, 1, ini("h1 ansible_password=hunter2\\")),
                Arguments.of(Code.UNDEFINED_GROUP, 2, ini("[site:children]\nweb")),
                Arguments.of(Code.UNDEFINED_GROUP, 1, ini("[web:vars]\nx=hunter2")),
                Arguments.of(Code.GROUP_CYCLE, 4, ini("[a:children]\nb\n[b:children]\na")),
                Arguments.of(Code.GROUP_CYCLE, 2, ini("[a:children]\na")),
                Arguments.of(Code.GROUP_CYCLE, 0, ini("[a:children]\nall")),
                Arguments.of(
                        Code.BAD_PRIORITY, 3, ini("[a]\n[a:vars]\nansible_group_priority=high")),
                Arguments.of(Code.CONTROL_CHARACTER, 2, ini("h1\nh2\u0007 p=hunter2")),
                Arguments.of(Code.LINE_TOO_LONG, 1, ini("h1 p=hunter2" + "x".repeat(70_000))),
                Arguments.of(
                        Code.PRIVATE_KEY, 1, ini("-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2")),
                Arguments.of(Code.ENCRYPTED, 1, ini("$ANSIBLE_VAULT;1.1;AES256\nhunter2")));
    }

    private static Stream<Arguments> badNames() {
        return Stream.of(
                Arguments.of(Code.BAD_NAME, 1, ini("ansible_password=hunter2")),
                Arguments.of(Code.BAD_NAME, 1, ini("../../etc/passwd")),
                Arguments.of(Code.BAD_NAME, 1, ini("web1:")),
                Arguments.of(Code.BAD_NAME, 1, ini("---")),
                Arguments.of(Code.BAD_NAME, 1, ini("x".repeat(254))),
                Arguments.of(Code.BAD_NAME, 1, ini("x".repeat(1_001))),
                Arguments.of(Code.BAD_NAME, 1, ini("[../web]")),
                Arguments.of(Code.BAD_NAME, 2, ini("[a:children]\nb c")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:3")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:2:3:4]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[01:100]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:10:0]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:10:-1]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[c:a]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[a:9]")),
                Arguments.of(Code.BAD_RANGE, 1, ini("web[1:99999999999999999999]")),
                Arguments.of(Code.TOO_MANY_HOSTS, 1, ini("web[1:999999999]")),
                Arguments.of(Code.TOO_MANY_HOSTS, 1, ini("web[1:1000][1:1000][2:1]")));
    }

    private static Stream<Arguments> badYaml() {
        return Stream.of(
                Arguments.of(Code.NOT_YAML, 3, yaml("all:\n  vars: {p: hunter2\n")),
                Arguments.of(Code.NOT_YAML, 3, yaml("all:\n  vars:\n    p: *hunter2\n")),
                Arguments.of(Code.NOT_YAML, 2, yaml("all:\n\thosts:\n")),
                Arguments.of(Code.NOT_YAML, 0, yaml("all: \u0007hunter2\n")),
                Arguments.of(Code.NOT_YAML, 2, yaml("all:\n---\nall:\n")),
                Arguments.of(Code.NOT_YAML, 0, yaml("a: " + "[".repeat(100) + "]".repeat(100))),
                Arguments.of(Code.DUPLICATE_KEY, 4, yaml("all:\n  hosts:\n    h1:\n    h1:\n")),
                Arguments.of(Code.DUPLICATE_KEY, 1, yaml("all: {vars: {1: hunter2, '1': b}}")),
                Arguments.of(Code.NOT_A_MAPPING, 1, yaml("- web1\n- web2\n")),
                Arguments.of(Code.NOT_A_MAPPING, 1, yaml("hunter2")),
                Arguments.of(Code.NOT_A_MAPPING, 3, yaml("all:\n  hosts:\n    - web1\n")),
                Arguments.of(Code.NOT_A_MAPPING, 2, yaml("all:\n  vars: [hunter2]\n")),
                Arguments.of(Code.NOT_A_MAPPING, 3, yaml("all:\n  hosts:\n    h1: hunter2\n")),
                Arguments.of(Code.NOT_A_MAPPING, 1, yaml("all: {children: {web: hunter2}}")),
                Arguments.of(Code.NOT_A_MAPPING, 1, yaml("all: {vars: {<<: hunter2}}")),
                Arguments.of(Code.NOT_A_MAPPING, 1, yaml("all: {vars: {? [a] : hunter2}}")),
                Arguments.of(
                        Code.TAG_REFUSED,
                        1,
                        yaml("all: {vars: {x: !!python/object:os.system hunter2}}")),
                Arguments.of(Code.TAG_REFUSED, 1, yaml("all: {vars: {x: !!set {a, b}}}")),
                Arguments.of(
                        Code.TAG_REFUSED, 1, yaml("all: {vars: {x: !!java.net.URL [hunter2]}}")),
                Arguments.of(Code.BAD_VALUE, 1, yaml("all: {vars: {x: 2024-02-30}}")),
                Arguments.of(Code.BAD_VALUE, 1, yaml("all: {vars: {x: !!int hunter2}}")),
                Arguments.of(Code.BAD_NAME, 1, yaml("all: {hosts: {12: {p: hunter2}}}")),
                Arguments.of(Code.BAD_NAME, 1, yaml("all: {children: {yes: {}}}")),
                Arguments.of(Code.BAD_NAME, 1, yaml("all: {hosts: {../up: }}")),
                Arguments.of(Code.GROUP_CYCLE, 1, yaml("a: {children: {b: {children: {a: }}}}")),
                Arguments.of(Code.TOO_DEEP, 1, yaml("a: &a {children: {b: *a}}")),
                Arguments.of(Code.TOO_DEEP, 1, yaml("all: {vars: &a {b: *a}}")),
                Arguments.of(Code.NOT_STATIC, 1, yaml("plugin: aws_ec2")),
                Arguments.of(Code.EMPTY, 0, yaml("# nothing\n")),
                Arguments.of(
                        Code.BAD_PRIORITY, 1, yaml("a: {vars: {ansible_group_priority: [1]}}")));
    }

    private static Stream<Arguments> badVariables() {
        return Stream.of(
                Arguments.of(
                        Code.NOT_A_MAPPING,
                        1,
                        new Source.GroupVars("web", "group_vars/web", "hunter2")),
                Arguments.of(
                        Code.DUPLICATE_KEY,
                        2,
                        new Source.HostVars("h1", "host_vars/h1.yml", "p: hunter2\np: hunter2")),
                Arguments.of(
                        Code.ENCRYPTED,
                        1,
                        new Source.GroupVars(
                                "all", "group_vars/all", "$ANSIBLE_VAULT;1.1;AES256\n61")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_text_is_refused_with_code_and_line_and_without_its_secret(
            Code code, int line, Source source) {
        var problem = problems(Limits.DEFAULT, source).getFirst();
        assertEquals(code, problem.code(), problem::toString);
        assertEquals(line, problem.origin().line(), problem::toString);
        assertFalse(problem.toString().contains(PASSWORD), problem::toString);
    }

    @Test
    void all_bad_lines_of_all_sources_are_reported_at_once() {
        var found =
                problems(
                        Limits.DEFAULT,
                        ini("h1 x\nh2\nweb[1:]\n"),
                        yaml("- 1"),
                        new Source.HostVars("h2", "host_vars/h2", "[]"));
        assertEquals(
                List.of("hosts.ini:1", "hosts.ini:3", "hosts.yml:1", "host_vars/h2:1"),
                found.stream().map(problem -> problem.origin().toString()).toList());
    }

    @Test
    void a_problem_says_where_it_is_what_is_there_and_what_would_be_right() {
        var problem = problems(Limits.DEFAULT, ini("[site:children]\nweb")).getFirst();
        assertEquals(
                "hosts.ini:2: found the group 'web' in [site:children], which has no section;"
                        + " expected a section [web], maybe empty [inventory-undefined-group]",
                problem.toString());
    }
}

package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresLaunchTest {
    private static final List<String> COMMAND = List.of("postgres", "-D", "data");

    @Test
    void root_serves_in_a_user_namespace_and_the_server_dies_with_its_parent() {
        var words = "unshare -U setsid setpriv --pdeathsig INT postgres -D data";
        assertEquals(words, String.join(" ", new PostgresLaunch(true, true, true).server(COMMAND)));
    }

    @Test
    void any_other_user_needs_no_namespace() {
        var words = "setsid setpriv --pdeathsig INT postgres -D data";
        assertEquals(
                words, String.join(" ", new PostgresLaunch(false, true, true).server(COMMAND)));
    }

    @Test
    void a_system_without_these_programs_starts_the_server_as_it_is() {
        assertEquals(COMMAND, new PostgresLaunch(false, false, false).server(COMMAND));
    }

    @Test
    void a_program_that_ends_by_itself_is_not_told_when_to() {
        var words = "unshare -U postgres -D data";
        assertEquals(
                words, String.join(" ", new PostgresLaunch(true, true, true).program(COMMAND)));
    }
}

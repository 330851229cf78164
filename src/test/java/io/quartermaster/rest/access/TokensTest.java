package io.quartermaster.rest.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String TOKEN = "0123456789abcdef";

    @Test
    void who_holds_the_token_is_the_administrator() {
        assertEquals(Optional.of("token:admin"), new Tokens(TOKEN).actor(TOKEN));
    }

    @Test
    void the_end_of_a_line_in_a_file_does_not_count() {
        assertEquals(Optional.of("token:admin"), new Tokens(TOKEN + "\n").actor(TOKEN));
    }

    @Test
    void nobody_holds_a_part_of_it_or_more_than_it() {
        var tokens = new Tokens(TOKEN);
        assertEquals(Optional.empty(), tokens.actor(TOKEN.substring(1)));
        assertEquals(Optional.empty(), tokens.actor(TOKEN + "x"));
        assertEquals(Optional.empty(), tokens.actor(""));
    }

    @Test
    void a_short_token_is_refused_at_the_start_and_not_repeated() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Tokens("hunter2"));
        assertFalse(refused.getMessage().contains("hunter2"));
    }
}

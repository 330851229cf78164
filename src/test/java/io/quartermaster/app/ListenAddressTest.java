package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @Test
    void an_address_is_a_host_and_a_port() {
        assertEquals(new ListenAddress("0.0.0.0", 8443), ListenAddress.parse("0.0.0.0:8443"));
        assertEquals(new ListenAddress("::1", 80), ListenAddress.parse("[::1]:80"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                "host",
                "host:",
                ":80",
                "::1:80",
                "host:65536",
                "host:-1",
                "a b:80"
            })
    void anything_else_is_refused_with_what_would_be_right(String text) {
        var refused = assertThrows(StartRefused.class, () -> ListenAddress.parse(text));
        assertEquals("invalid-listen-address", refused.code());
        assertEquals(
                "QUARTERMASTER_LISTEN is '"
                        + text
                        + "', expected host:port such as 127.0.0.1:8080 or [::1]:8080.",
                refused.getMessage());
    }
}

package io.quartermaster.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Who may come in to an API server and how, as files in its directory.
 *
 * @param port of the server, on loopback
 */
record Access(Path directory, int port) {
    private static final String ACCOUNTS = "system:serviceaccount";

    /** Writes the tokens, and the key that service accounts are signed with. */
    void prepare() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("tokens.csv"), tokens());
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String tokens() {
        var groups = "%ss,%ss:quartermaster-system".formatted(ACCOUNTS, ACCOUNTS);
        return """
        %s,admin,admin,system:masters
        %s,tester,tester
        %s,%s:quartermaster-system:quartermaster,daemon,"%s"
        """
                .formatted(
                        ApiServer.ADMIN_TOKEN,
                        ApiServer.USER_TOKEN,
                        ApiServer.DAEMON_TOKEN,
                        ACCOUNTS,
                        groups);
    }

    private void pem(String name, String type, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        var lines = "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
        Files.writeString(directory.resolve(name), lines);
    }

    /** A kubeconfig for the holder of a token, with the certificate that the server has made. */
    String kubeconfig(String token) throws IOException {
        var certificate = Files.readAllBytes(directory.resolve("apiserver.crt"));
        return """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
          - {name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}
        users: [{name: user, user: {token: %s}}]
        contexts: [{name: test, context: {cluster: test, user: user, namespace: default}}]
        """
                .formatted(port, Base64.getEncoder().encodeToString(certificate), token);
    }
}

package io.quartermaster.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Public key sign-in with one key of an agent (RFC 4252, section 7): asks whether the key would do,
 * then has it sign.
 */
final class AgentMethod extends AbstractAuthMethod {
    private static final int RSA_SHA2_512 = 4;

    private final Agent agent;
    private final byte[] key;
    private final String algorithm;
    private final int flags;

    AgentMethod(Agent agent, byte[] key) throws IOException {
        super("publickey");
        this.agent = agent;
        this.key = key;
        String type = new Buffer.PlainBuffer(key).readString();
        boolean rsa = type.startsWith("ssh-rsa");
        this.algorithm = rsa ? type.replace("ssh-rsa", "rsa-sha2-512") : type;
        this.flags = rsa ? RSA_SHA2_512 : 0;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    @Override
    public void handle(Message message, SSHPacket packet)
            throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket signed = request(true);
        byte[] data =
                new Buffer.PlainBuffer()
                        .putString(params.getTransport().getSessionID())
                        .putBuffer(signed)
                        .getCompactData();
        try {
            signed.putBytes(agent.sign(key, data, flags));
        } catch (IOException e) {
            throw new UserAuthException("the SSH agent did not sign: " + e.getMessage(), e);
        }
        params.getTransport().write(signed);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        return super.buildReq().putBoolean(signed).putString(algorithm).putBytes(key);
    }
}

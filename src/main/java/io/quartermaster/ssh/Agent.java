package io.quartermaster.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * An SSH agent behind its socket: lists keys and signs with them (draft-ietf-sshm-ssh-agent). Each
 * request has a connection of its own, since sign-ins are rare and an agent may restart in between.
 */
record Agent(Path socket) {
    private static final byte LIST = 11;
    private static final byte KEYS = 12;
    private static final byte SIGN = 13;
    private static final byte SIGNATURE = 14;
    private static final int MAX_ANSWER = 256 * 1024;
    private static final int MAX_KEYS = 64;

    /** The encoded public keys that the agent can sign with. */
    List<byte[]> keys() throws IOException {
        Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(LIST), KEYS);
        long count = answer.readUInt32();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MAX_KEYS); i++) {
            keys.add(answer.readBytes());
            answer.readString();
        }
        return keys;
    }

    /** The encoded signature of the data by the key. */
    byte[] sign(byte[] key, byte[] data, int flags) throws IOException {
        Buffer.PlainBuffer request =
                new Buffer.PlainBuffer()
                        .putByte(SIGN)
                        .putBytes(key)
                        .putBytes(data)
                        .putUInt32(flags);
        return ask(request, SIGNATURE).readBytes();
    }

    private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            byte[] body = request.getCompactData();
            ByteBuffer out =
                    ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            int length = read(channel, 4).getInt();
            if (length < 1 || length > MAX_ANSWER) {
                throw new IOException("the SSH agent answers with " + length + " bytes");
            }
            Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(channel, length).array());
            byte kind = answer.readByte();
            if (kind != expected) {
                throw new IOException(
                        "the SSH agent answers with message " + kind + " instead of " + expected);
            }
            return answer;
        }
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("the SSH agent hung up");
            }
        }
        return in.flip();
    }
}

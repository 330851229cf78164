package io.quartermaster.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * What is offered to hosts, cheapest first: curve25519 costs a sixth of OpenSSH's own first choice,
 * and AES-GCM has hardware on both sides. Nothing with SHA-1, MD5, CBC or DSA: OpenSSH 7.2 (2016)
 * and newer know the rest.
 */
final class Algorithms {
    /**
     * What goes wrong is reported by who asked for the connection; sshj would log it as well, with
     * stack traces.
     */
    private static final LoggerFactory SILENT =
            new LoggerFactory() {
                @Override
                public Logger getLogger(String name) {
                    return NOPLogger.NOP_LOGGER;
                }

                @Override
                public Logger getLogger(Class<?> type) {
                    return NOPLogger.NOP_LOGGER;
                }
            };

    private Algorithms() {}

    /** One for all connections: it holds no state of any. */
    static Config config() {
        ConfigImpl config = new ConfigImpl();
        config.setLoggerFactory(SILENT);
        config.setVersion("Quartermaster");
        config.setKeyExchangeFactories(keyExchanges());
        config.setKeyAlgorithms(keys());
        config.setCipherFactories(ciphers());
        config.setMACFactories(
                List.of(
                        Macs.HMACSHA2256Etm(),
                        Macs.HMACSHA2512Etm(),
                        Macs.HMACSHA2256(),
                        Macs.HMACSHA2512()));
        config.setCompressionFactories(List.of(new NoneCompression.Factory()));
        config.setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
        config.setFileKeyProviderFactories(
                List.of(
                        new OpenSSHKeyV1KeyFile.Factory(),
                        new PKCS8KeyFile.Factory(),
                        new OpenSSHKeyFile.Factory()));
        config.setKeepAliveProvider(KeepAliveProvider.HEARTBEAT);
        return config;
    }

    private static List<Factory.Named<KeyExchange>> keyExchanges() {
        return List.of(
                new Curve25519SHA256.Factory(),
                new Curve25519SHA256.FactoryLibSsh(),
                new ECDHNistP.Factory256(),
                new ECDHNistP.Factory384(),
                new ECDHNistP.Factory521(),
                DHGroups.Group16SHA512(),
                DHGroups.Group14SHA256(),
                new ExtInfoClientFactory());
    }

    private static List<Factory.Named<KeyAlgorithm>> keys() {
        return List.of(
                KeyAlgorithms.EdDSA25519(),
                KeyAlgorithms.ECDSASHANistp256(),
                KeyAlgorithms.ECDSASHANistp384(),
                KeyAlgorithms.ECDSASHANistp521(),
                KeyAlgorithms.RSASHA512(),
                KeyAlgorithms.RSASHA256(),
                KeyAlgorithms.EdDSA25519CertV01(),
                KeyAlgorithms.ECDSASHANistp256CertV01(),
                KeyAlgorithms.ECDSASHANistp384CertV01(),
                KeyAlgorithms.ECDSASHANistp521CertV01(),
                KeyAlgorithms.SSHRSACertV01());
    }

    private static List<Factory.Named<Cipher>> ciphers() {
        return List.of(
                GcmCiphers.AES128GCM(),
                GcmCiphers.AES256GCM(),
                ChachaPolyCiphers.CHACHA_POLY_OPENSSH(),
                BlockCiphers.AES128CTR(),
                BlockCiphers.AES256CTR());
    }
}

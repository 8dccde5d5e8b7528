package ihome.payment;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** RSA keys as Alipay's tools write them: Base64 in one line, or PEM. */
final class RsaKeys {
    static final int BITS = 2048;

    private RsaKeys() {}

    /** A private key in PKCS #8; IllegalArgumentException when it is none of at least 2048 bits. */
    static PrivateKey privateKey(Secret key) {
        try {
            return strong(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(decode(key.reveal()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA private key in PKCS #8", e);
        }
    }

    /** As {@link #publicKey}, of the key itself or the name of a file with it. */
    static PublicKey publicKeyOrFile(String keyOrFile) {
        try {
            Path file = Path.of(keyOrFile.strip());
            return publicKey(Files.isRegularFile(file) ? Files.readString(file) : keyOrFile);
        } catch (InvalidPathException e) {
            return publicKey(keyOrFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("a file that cannot be read", e);
        }
    }

    /** A public key in X.509 form; IllegalArgumentException when it is none of at least 2048 bits. */
    static PublicKey publicKey(String key) {
        try {
            return strong(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(decode(key))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA public key", e);
        }
    }

    /** The public half of a private key. */
    static PublicKey publicHalf(PrivateKey key) {
        RSAPrivateCrtKey whole = (RSAPrivateCrtKey) key;
        BigInteger modulus = whole.getModulus();
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, whole.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /** A private key as {@link #privateKey} reads it. */
    static String text(PrivateKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static byte[] decode(String key) {
        return Base64.getDecoder()
                .decode(key.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
    }

    private static <K> K strong(K key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= BITS) {
            return key;
        }
        throw new IllegalArgumentException("an RSA key of less than " + BITS + " bits");
    }
}

package ihome.platform.http.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a certificate and its private key from PEM files (RFC 7468). */
final class PemFiles {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    /** Kinds of keys, and a signature that each can make. */
    private static final Map<String, String> KINDS =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(PrivateKey key, X509Certificate[] chain) {}

    private PemFiles() {}

    /** Fails with {@link IOException} also when the two do not belong together. */
    static Pair read(Path certificate, Path key) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("no certificate in " + certificate);
            }
            return new Pair(key(key, chain[0]), chain);
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, X509Certificate certificate) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException("no private key without a password (BEGIN PRIVATE KEY) in " + file);
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            try {
                PrivateKey key = KeyFactory.getInstance(kind.getKey()).generatePrivate(encoded);
                if (!belongTogether(key, certificate, kind.getValue())) {
                    throw new IOException("the key in " + file + " is another certificate's");
                }
                return key;
            } catch (InvalidKeySpecException e) {
                log.debug("no key of kind {}", kind.getKey());
            }
        }
        throw new IOException("a private key of an unknown kind in " + file);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate, String algorithm)
            throws GeneralSecurityException {
        byte[] text = algorithm.getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certificate.getPublicKey());
        } catch (InvalidKeyException e) {
            return false; // of another kind
        }
        signature.update(text);
        return signature.verify(signed);
    }
}

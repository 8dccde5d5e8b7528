package ihome.platform.redis;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS to Redis trusts, and who we are to it. The server's certificate must always hold the name that it is asked
 * for by.
 *
 * @param authority PEM file with the certificates that Redis's own is checked against; null: Java's trust store
 * @param certificate PEM file with our own certificate and what leads from it to its authority; null: we show none
 * @param key its private key, PEM of PKCS #8; null without a certificate
 */
record RedisTls(
        @Nullable Path authority,
        @Nullable Path certificate,
        @Nullable Secret key) {
    private static final char[] PASSWORD = "in memory only".toCharArray();
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** Java's trust store, and no certificate of ours. */
    static final RedisTls STANDARD = new RedisTls(null, null, null);

    /**
     * Reads the options; what they name is read as well, and what is not usable is a mistake.
     *
     * @param speaksTls whether it will be used; else Java's own trust store is not read
     */
    static RedisTls from(Settings settings, boolean speaksTls) {
        Optional<Path> authority = file(
                settings,
                "redis-ca",
                "PEM file with the authority's certificates that Redis's (rediss) is checked against; without it"
                        + " Java's trust store");
        Optional<Path> certificate =
                file(settings, "redis-certificate", "PEM file with the certificate that this server shows to Redis");
        Optional<Secret> key = settings.secret(
                "redis-key", "Private key of --redis-certificate, as PEM of PKCS #8 (BEGIN PRIVATE KEY)");
        if (certificate.isPresent() != key.isPresent()) {
            settings.mistake("takes --redis-certificate (IHOME_REDIS_CERTIFICATE) and --redis-key (IHOME_REDIS_KEY)"
                    + " together or not at all");
            return STANDARD;
        }
        if (!speaksTls && authority.isEmpty() && certificate.isEmpty()) {
            return STANDARD;
        }
        RedisTls tls = new RedisTls(authority.orElse(null), certificate.orElse(null), key.orElse(null));
        try {
            tls.context();
            return tls;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            settings.mistake("cannot use --redis-ca, --redis-certificate or --redis-key: " + e.getMessage());
            return STANDARD;
        }
    }

    private static Optional<Path> file(Settings settings, String name, String help) {
        return settings.value(name, "a path", Path::of, help);
    }

    /** Fails with what is wrong with a file. */
    SSLContext context() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                certificate == null || key == null
                        ? null
                        : ourselves(certificate, key).getKeyManagers(),
                authority == null ? null : trusted(authority).getTrustManagers(),
                null);
        return context;
    }

    private static TrustManagerFactory trusted(Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (Certificate each : certificates(authority)) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static KeyManagerFactory ourselves(Path certificate, Secret key)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "ihome", privateKey(key), PASSWORD, certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + file);
            }
            return found;
        }
    }

    private static PrivateKey privateKey(Secret pem) throws GeneralSecurityException {
        String text = pem.reveal().strip();
        if (!text.startsWith("-----BEGIN PRIVATE KEY-----")) {
            throw new GeneralSecurityException("the private key does not begin with BEGIN PRIVATE KEY");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = privateKey(algorithm, new PKCS8EncodedKeySpec(bytes));
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new GeneralSecurityException("the private key is none of " + ALGORITHMS);
    }

    /** Empty when the key is of another kind. */
    private static Optional<PrivateKey> privateKey(String algorithm, PKCS8EncodedKeySpec key)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(key));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}

package ihome.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of the test's own, and certificates from it, made with the JDK's keytool. */
final class TestCertificates {
    private static final String PASSWORD = "for-a-test-only";

    private final Path folder;
    private final Path store;

    TestCertificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
        pair("authority", "bc:c");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "authority",
                "-file",
                authority().toString());
    }

    Path authority() {
        return folder.resolve("authority.pem");
    }

    /** The certificate of somebody with these names, such as {@code dns:localhost,ip:127.0.0.1}. */
    Path certificate(String who, String names) throws IOException, InterruptedException {
        Path request = folder.resolve(who + ".csr");
        Path certificate = folder.resolve(who + ".pem");
        pair(who, "san=" + names);
        keytool("-certreq", "-alias", who, "-file", request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "authority",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-ext",
                "san=" + names);
        return certificate;
    }

    /** The private key of somebody who has a certificate. */
    Path key(String who) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] key = keys.getKey(who, PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return Files.writeString(
                folder.resolve(who + ".key"), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    private void pair(String who, String extension) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                who,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + who,
                "-validity",
                "30",
                "-ext",
                extension);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }
}

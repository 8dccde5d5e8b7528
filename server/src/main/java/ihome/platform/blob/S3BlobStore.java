package ihome.platform.blob;

import ihome.platform.remote.RemoteAnswer;
import ihome.platform.remote.RemoteFailure;
import ihome.platform.remote.RemoteHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blobs as objects of an S3 bucket. It needs the rights to get, put and delete objects, and no other.
 *
 * <p>Each of its requests can be repeated without harm, so one that found no answer, or a service that could not answer
 * now (429, 5xx), is sent once more; a refusal is final.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {
    private static final int ATTEMPTS = 2;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

    private final URI bucketUrl;
    private final PublicUrl publicUrl;
    private final boolean servedHere;
    private final SignatureV4 signature;
    private final RemoteHttp http;
    private final Clock clock = Clock.systemUTC();

    /** @param site address of this site, which serves the pictures when the bucket has no public address */
    public S3BlobStore(S3Config config, URI site) {
        this.bucketUrl = bucketUrl(config);
        this.servedHere = config.publicUrl().isEmpty();
        this.publicUrl = config.publicUrl().map(PublicUrl::of).orElseGet(() -> PublicUrl.ofSite(site));
        this.signature = new SignatureV4(config.accessKey(), config.secretKey(), config.region());
        this.http = new RemoteHttp(config.limit());
    }

    /** Where the bucket's keys are, ending with a slash. */
    static URI bucketUrl(S3Config config) {
        URI endpoint = config.endpoint();
        String port = endpoint.getPort() == -1 ? "" : ":" + endpoint.getPort();
        return URI.create(
                config.pathStyle()
                        ? endpoint.getScheme() + "://" + endpoint.getHost() + port + "/" + config.bucket() + "/"
                        : endpoint.getScheme() + "://" + config.bucket() + "." + endpoint.getHost() + port + "/");
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        Map<String, String> headers =
                Map.of("content-type", contentType, "cache-control", "public, max-age=31536000, immutable");
        RemoteAnswer answer = send("PUT", key, headers, bytes);
        if (answer.status() != 200) {
            throw refused("write", key, answer);
        }
    }

    @Override
    public void delete(String key) {
        RemoteAnswer answer = send("DELETE", key, Map.of(), new byte[0]);
        if (answer.status() != 204 && answer.status() != 200 && !isAbsent(answer)) {
            throw refused("delete", key, answer);
        }
    }

    @Override
    public Optional<Blob> read(String key) {
        RemoteAnswer answer = send("GET", key, Map.of(), new byte[0]);
        if (isAbsent(answer)) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw refused("read", key, answer);
        }
        return Optional.of(new Blob(answer.body(), lastModified(answer)));
    }

    /** A bucket that does not exist has no keys: the answer to HEAD cannot tell the difference. */
    @Override
    public OptionalLong size(String key) {
        RemoteAnswer answer = send("HEAD", key, Map.of(), new byte[0]);
        if (answer.status() == 404) {
            return OptionalLong.empty();
        }
        if (answer.status() != 200) {
            throw refused("read the size of", key, answer);
        }
        try {
            return OptionalLong.of(Long.parseLong(answer.header("Content-Length")));
        } catch (NumberFormatException e) {
            throw new BlobStoreException("cannot read the size of " + key + ": the service did not tell it", e);
        }
    }

    @Override
    public String url(String key) {
        return publicUrl.of(key);
    }

    @Override
    public boolean servedHere() {
        return servedHere;
    }

    private RemoteAnswer send(String method, String key, Map<String, String> headers, byte[] payload) {
        URI uri = bucketUrl.resolve(BlobKey.require(key));
        for (int attempt = 1; ; attempt++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .method(
                            method,
                            payload.length == 0 && !method.equals("PUT")
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(payload));
            signature.headers(method, uri, headers, payload, clock.instant()).forEach(request::setHeader);
            try {
                RemoteAnswer answer = http.send(request.build());
                boolean busy = answer.status() >= 500 || answer.status() == 429;
                if (attempt == ATTEMPTS || !busy) {
                    return answer;
                }
            } catch (RemoteFailure e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw new BlobStoreException("cannot " + method + " " + key + ": " + e.getMessage(), e);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
        }
    }

    /** An absent key, which an absent bucket is not. */
    private static boolean isAbsent(RemoteAnswer answer) {
        return answer.status() == 404
                && errorCode(answer).filter("NoSuchKey"::equals).isPresent();
    }

    private static BlobStoreException refused(String what, String key, RemoteAnswer answer) {
        return new BlobStoreException("cannot " + what + " " + key + ": the service answered " + answer.status()
                + errorCode(answer).map(code -> " " + code).orElse(""));
    }

    private static Optional<String> errorCode(RemoteAnswer answer) {
        Matcher code = ERROR_CODE.matcher(answer.text());
        return code.find() ? Optional.of(code.group(1)) : Optional.empty();
    }

    static Instant lastModified(RemoteAnswer answer) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME
                    .withLocale(Locale.ENGLISH)
                    .parse(answer.header("Last-Modified")));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

package ihome.platform.blob;

import com.qiniu.common.QiniuException;
import com.qiniu.http.Client;
import com.qiniu.storage.BucketManager;
import com.qiniu.storage.Configuration;
import com.qiniu.storage.Region;
import com.qiniu.storage.UploadManager;
import com.qiniu.util.Auth;
import ihome.platform.remote.RemoteAnswer;
import ihome.platform.remote.RemoteFailure;
import ihome.platform.remote.RemoteHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blobs as files of a public bucket of Qiniu Kodo, through the official SDK. Browsers fetch them from the bucket's
 * domain, and so does {@link #read}, which only copying between stores needs.
 *
 * <p>An upload is one form post (never in parts: pictures are far smaller than the SDK's threshold) whose token is good
 * for this key alone and for ten minutes. What cannot be answered now (no answer, 5xx but 579) is sent once more by the
 * SDK; a refusal (401, 614) is final, and so is 579, where Qiniu has kept the file and failed afterwards.
 */
public final class QiniuBlobStore implements BlobStore, AutoCloseable {
    private static final long TOKEN_SECONDS = 600;
    private static final int NO_SUCH_FILE = 612;

    private final Auth auth;
    private final String bucket;
    private final URI domain;
    private final PublicUrl publicUrl;
    private final UploadManager uploads;
    private final BucketManager files;
    private final RemoteHttp http;

    public QiniuBlobStore(QiniuConfig config) {
        this.auth = Auth.create(config.accessKey(), config.secretKey().reveal());
        this.bucket = config.bucket();
        this.domain = config.domain();
        this.publicUrl = PublicUrl.of(domain);
        Configuration configuration = configuration(config);
        Client client = new Client(configuration);
        this.uploads = new UploadManager(configuration, client, null);
        this.files = new BucketManager(auth, configuration, client);
        this.http = new RemoteHttp(config.limit());
    }

    private static Configuration configuration(QiniuConfig config) {
        Configuration configuration = Configuration.create(region(config));
        int seconds = Math.max(1, (int) config.limit().toSeconds());
        configuration.connectTimeout = Math.min(seconds, 3);
        configuration.writeTimeout = seconds;
        configuration.readTimeout = seconds;
        // Of other hosts; the same host is asked once more whatever this says.
        configuration.retryMax = 0;
        configuration.useHttpsDomains = config.uploadHost()
                .map(host -> "https".equals(host.getScheme()))
                .orElse(true);
        return configuration;
    }

    private static Region region(QiniuConfig config) {
        Region.Builder region = config.region().isEmpty()
                ? new Region.Builder()
                : new Region.Builder(Region.createWithRegionId(config.region()));
        config.uploadHost()
                .ifPresent(host -> region.srcUpHost(host.getRawAuthority()).accUpHost(host.getRawAuthority()));
        config.managementHost().ifPresent(host -> region.rsHost(host.getRawAuthority()));
        return region.build();
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        BlobKey.require(key);
        String token = auth.uploadToken(bucket, key, TOKEN_SECONDS, null);
        try {
            uploads.put(bytes, key, token, null, contentType, true).close();
        } catch (QiniuException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public void delete(String key) {
        BlobKey.require(key);
        try {
            files.delete(bucket, key).close();
        } catch (QiniuException e) {
            if (e.code() != NO_SUCH_FILE) {
                throw failed("delete", key, e);
            }
        }
    }

    @Override
    public Optional<Blob> read(String key) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(publicUrl.of(key))).build();
        RemoteAnswer answer;
        try {
            answer = http.send(request);
        } catch (RemoteFailure e) {
            throw new BlobStoreException("cannot read " + key + ": " + e.getMessage(), e);
        }
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw new BlobStoreException(
                    "cannot read " + key + ": " + domain.getHost() + " answered " + answer.status());
        }
        return Optional.of(new Blob(answer.body(), S3BlobStore.lastModified(answer)));
    }

    /** Asks the management interface, which knows better than the domain's caches. */
    @Override
    public OptionalLong size(String key) {
        BlobKey.require(key);
        try {
            return OptionalLong.of(files.stat(bucket, key).fsize);
        } catch (QiniuException e) {
            if (e.code() == NO_SUCH_FILE) {
                return OptionalLong.empty();
            }
            throw failed("read the size of", key, e);
        }
    }

    @Override
    public String url(String key) {
        return publicUrl.of(key);
    }

    @Override
    public boolean servedHere() {
        return false;
    }

    /** Without the SDK's message: it holds the whole answer, and the address with it. */
    private static BlobStoreException failed(String what, String key, QiniuException e) {
        String error = e.error();
        String why = e.response == null
                ? "no answer"
                : "the service answered " + e.code() + (error == null ? "" : " " + error) + " (request "
                        + e.response.reqId + ")";
        return new BlobStoreException("cannot " + what + " " + key + ": " + why, e);
    }

    @Override
    public void close() {
        http.close();
    }
}

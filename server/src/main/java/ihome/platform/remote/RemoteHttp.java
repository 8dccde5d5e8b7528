package ihome.platform.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * An HTTP/1.1 client whose limit counts for the whole exchange, the body of the answer included (the one of {@link
 * HttpRequest} ends with the headers). It follows no redirect and sends nothing a second time by itself: a request on
 * a connection that the service had closed fails.
 */
public final class RemoteHttp implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    private final HttpClient client;
    private final Duration limit;

    /** @param limit for one exchange from the first byte sent to the last received, connecting included */
    public RemoteHttp(Duration limit) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * Sends the request and waits for the whole answer, whatever its status.
     *
     * @throws RemoteFailure no answer, or not in time, or more than 32 MB of it
     */
    public RemoteAnswer send(HttpRequest request) throws RemoteFailure {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        String host = request.uri().getHost();
        try {
            HttpResponse<byte[]> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new RemoteAnswer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new RemoteFailure(host + " did not answer within " + limit.toMillis() + " ms", true, e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new RemoteFailure("interrupted while waiting for " + host, true, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RemoteFailure(host + ": " + cause.getClass().getSimpleName(), !neverConnected(cause), cause);
        }
    }

    /** Only what happens before the first byte of a request counts; every doubt counts as having arrived. */
    private static boolean neverConnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
            if (!(cause instanceof IOException)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

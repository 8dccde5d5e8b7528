package ihome.platform.rendered;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** The one protocol of the web server: HTTP/1.1 whose kept answers are sent before the web server sees the request. */
public final class HitSelector implements ServerConnectionSelector {
    private final Http1ConnectionSelector http1;
    private final Hits hits;
    private final HitMeter meter;
    private final int longestLine;
    private final int longestHeaders;
    private volatile boolean open = true;

    public HitSelector(Http1Config config, Hits hits, HitMeter meter) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.hits = hits;
        this.meter = meter;
        this.longestLine = config.maxPrologueLength();
        this.longestHeaders = config.maxHeadersSize();
    }

    /** From now on the web server answers everything itself: it says that its connections close. */
    public void drain() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    Hits hits() {
        return hits;
    }

    HitMeter meter() {
        return meter;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new HitConnection(context, http1, this, new HitRequest(longestLine, longestHeaders));
    }
}

package ihome.cli;

import ihome.AppConfig;
import ihome.payment.PaymentConfig;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.sms.SmsConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ./ihome doctor} looks at in the services that the server uses. Nobody is sent a message, nothing is paid. */
final class ServiceChecks {
    private static final Pattern VERSION = Pattern.compile("(?:redis|valkey)_version:(\\d+)\\.(\\d+)");
    private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

    private final AppConfig config;

    ServiceChecks(AppConfig config) {
        this.config = config;
    }

    List<Finding> redis() {
        if (config.redis().isEmpty()) {
            return List.of(Finding.skipped("redis", "no --redis-url: PostgreSQL keeps what nodes share"));
        }
        RedisConfig settings = config.redis().get();
        try (Redis redis = new Redis(settings, new PrometheusRegistry())) {
            if (!isUp(redis)) {
                return List.of(Finding.failed("redis", "does not answer, or refuses the account: " + settings));
            }
            return List.of(redis(redis.info()));
        }
    }

    private static boolean isUp(Redis redis) {
        CountDownLatch up = new CountDownLatch(1);
        redis.onConnection(() -> {}, up::countDown);
        try {
            return up.await(CommandDatabase.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Finding redis(String info) {
        Matcher version = VERSION.matcher(info);
        Matcher policy = POLICY.matcher(info);
        String found = version.find() ? version.group(1) + "." + version.group(2) : "of an unknown version";
        boolean old = !found.startsWith("of")
                && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) < 602;
        if (old) {
            return Finding.failed("redis", found + " is older than 6.2");
        }
        return policy.find() && !policy.group(1).equals("noeviction")
                ? Finding.warning(
                        "redis",
                        found + ", whose maxmemory-policy " + policy.group(1)
                                + " may throw away limits and sessions: set noeviction")
                : Finding.ok("redis", found);
    }

    /** Keeps an object, reads it, and takes it away again. */
    List<Finding> pictures(URI site) {
        if (config.media() instanceof MediaConfig.Local) {
            return List.of(Finding.ok("pictures", "in the data folder"));
        }
        BlobStore store = BlobStores.open(config.media(), site);
        String key = "doctor/" + UUID.randomUUID();
        byte[] bytes = "ihome doctor".getBytes(StandardCharsets.US_ASCII);
        store.put(key, bytes, "text/plain");
        try {
            boolean same = store.size(key).orElse(-1) == bytes.length;
            return List.of(
                    same
                            ? Finding.ok("pictures", "the object store keeps, finds and deletes")
                            : Finding.failed("pictures", "the object store does not find what it has just been given"));
        } finally {
            store.delete(key);
        }
    }

    List<Finding> sms() {
        if (config.sms() instanceof SmsConfig.Provider provider) {
            return List.of(
                    Finding.ok("sms", provider.name() + "; its keys were not tried, since that sends a message"));
        }
        String text = "codes go to a file, to nobody's telephone: set --sms";
        return List.of(config.dev() || isLocal() ? Finding.ok("sms", "outbox file") : Finding.warning("sms", text));
    }

    List<Finding> payment() {
        return List.of(
                switch (config.payment()) {
                    case PaymentConfig.None _ -> Finding.ok("payment", "none: guests pay the host on arrival");
                    case PaymentConfig.Cashier _ ->
                        isLocal()
                                ? Finding.ok("payment", "the cashier for demonstrations")
                                : Finding.warning("payment", "the cashier is for demonstrations: nothing is paid");
                    case PaymentConfig.Alipay _ ->
                        Finding.ok("payment", "Alipay; both keys can be read, and were not tried");
                });
    }

    private boolean isLocal() {
        return config.publicUrl()
                .map(URI::getHost)
                .filter(host -> !host.equals("localhost") && !host.startsWith("127."))
                .isEmpty();
    }
}

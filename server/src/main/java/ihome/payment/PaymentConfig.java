package ihome.payment;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.siteconfig.SiteSettings;
import java.net.URI;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who takes the guests' money: {@code IHOME_PAYMENT}. */
public sealed interface PaymentConfig {
    /** Nobody: guests pay the host on arrival. */
    record None() implements PaymentConfig {}

    /**
     * The built-in cashier, for demonstrations: who opens its page decides whether an order counts as paid.
     *
     * @param key its RSA key; empty for the one in the data folder, which is made where there is none
     */
    record Cashier(Optional<Secret> key) implements PaymentConfig {}

    /**
     * An application at Alipay.
     *
     * @param gateway address of the interface
     * @param sellerId the account that is paid, 2088 and twelve more digits
     * @param privateKey the application's
     * @param alipayKey Alipay's public key for this application
     * @param limit for one request, connecting included
     */
    record Alipay(
            URI gateway, String appId, String sellerId, PrivateKey privateKey, PublicKey alipayKey, Duration limit)
            implements PaymentConfig {
        /**
         * Alipay takes amounts in CNY ({@code total_amount} of {@code alipay.trade.page.pay}), whatever sign guests have read
         * before them.
         */
        @Override
        public Optional<String> mistakeOfCurrency(String currency) {
            return SiteSettings.YUAN.contains(currency)
                    ? Optional.empty()
                    : Optional.of("currency is " + currency
                            + ", and --payment alipay takes CNY only: currency should be" + " one of "
                            + String.join(", ", SiteSettings.YUAN) + ", or --payment something else");
        }
    }

    /**
     * What is wrong with this currency of the site, for people; empty where nothing is.
     *
     * @param currency as {@code site.yaml} says it
     */
    default Optional<String> mistakeOfCurrency(String currency) {
        return Optional.empty();
    }

    /**
     * Reads {@code payment} and the options of every provider; what the chosen one misses is a mistake. Without the option
     * the cashier serves only a site that nobody but this machine reaches: nobody else should pay for nothing. Everywhere
     * else guests pay on arrival.
     */
    static PaymentConfig from(Settings settings, Optional<URI> publicUrl) {
        settings.section("Payment");
        boolean ownMachine = publicUrl.isEmpty() || isLoopback(publicUrl.get());
        String chosen = settings.choice(
                "payment",
                ownMachine ? "cashier" : "none",
                List.of("cashier", "alipay", "none", "off"),
                "Who takes the guests' money. cashier is a page of this server for demonstrations, on which nothing is"
                        + " paid; it is the default only where the public URL is this machine. Elsewhere none is: guests"
                        + " pay the host on arrival, and an order counts as paid as soon as the host has accepted it. off"
                        + " is the former name of none");
        Optional<Secret> cashierKey = settings.secret(
                "cashier-key",
                "RSA key (PKCS #8 in Base64, 2048 bits or more) that the cashier signs with; without it cashier.key in"
                        + " the data folder, made once. The same on all nodes: one with another key does not start");
        cashierKey.ifPresent(key -> checked(settings, "cashier-key", () -> RsaKeys.privateKey(key)));
        PaymentConfig alipay = alipay(settings, chosen.equals("alipay"), publicUrl);
        return switch (chosen) {
            case "alipay" -> alipay;
            case "cashier" -> new Cashier(cashierKey);
            default -> new None();
        };
    }

    private static PaymentConfig alipay(Settings settings, boolean chosen, Optional<URI> publicUrl) {
        URI gateway = settings.url(
                        "alipay-gateway", "Address of 支付宝开放平台; without it https://openapi.alipay.com/gateway.do")
                .orElse(URI.create("https://openapi.alipay.com/gateway.do"));
        String appId = settings.textIf(chosen, "alipay-app-id", "APPID of the application");
        String sellerId = settings.textIf(chosen, "alipay-seller-id", "Account that is paid: 2088 and 12 more digits");
        Secret privateKey = settings.secretIf(
                chosen, "alipay-private-key", "The application's RSA2 private key, PKCS #8 in Base64 or PEM");
        String alipayKey = settings.textIf(
                chosen,
                "alipay-public-key",
                "Alipay's public key for the application (支付宝公钥): Base64 or PEM, or the name of a file with it");
        Duration limit = settings.duration(
                "alipay-timeout", Duration.ofSeconds(10), Duration.ofMinutes(1), "Limit for one request to Alipay");
        if (!chosen) {
            return new None();
        }
        if (publicUrl.isEmpty()) {
            settings.mistake(
                    "--payment alipay needs --public-url (IHOME_PUBLIC_URL): Alipay sends its notifications there");
        }
        PrivateKey own = privateKey.reveal().isEmpty()
                ? null
                : checked(settings, "alipay-private-key", () -> RsaKeys.privateKey(privateKey));
        PublicKey theirs = alipayKey.isEmpty()
                ? null
                : checked(settings, "alipay-public-key", () -> RsaKeys.publicKeyOrFile(alipayKey));
        // With a key missing the mistakes are reported before anything starts.
        return own == null || theirs == null ? new None() : new Alipay(gateway, appId, sellerId, own, theirs, limit);
    }

    private static <K> @Nullable K checked(Settings settings, String name, Supplier<K> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            settings.mistake("--" + name + " is " + e.getMessage());
            return null;
        }
    }

    private static boolean isLoopback(URI url) {
        String host = url.getHost();
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}

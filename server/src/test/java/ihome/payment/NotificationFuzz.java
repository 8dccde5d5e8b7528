package ihome.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Any fields as the provider's notification and return, unsigned and signed: a report about a trade, or refused. */
public final class NotificationFuzz {
    private static final KeyPair KEYS = keys();
    private static final NotificationCheck CHECK = new NotificationCheck(KEYS.getPublic(), "app", "seller");

    private NotificationFuzz() {}

    /** What is loaded at the first call takes longer, with coverage counted, than Jazzer lets one input take. */
    public static void fuzzerInitialize() {
        seeds().forEach(NotificationFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, String> fields = new TreeMap<>(Map.of("app_id", "app", "seller_id", "seller"));
        for (String line : new String(input, UTF_8).split("\n", 32)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        if (taken(fields)) {
            throw new IllegalStateException("taken without the provider's signature");
        }
        fields.keySet().removeAll(List.of(SignedFields.SIGN, SignedFields.SIGN_TYPE));
        Map<String, String> signed;
        try {
            signed = SignedFields.notification(fields, KEYS.getPrivate());
        } catch (IllegalArgumentException ambiguous) {
            return;
        }
        taken(signed);
    }

    private static boolean taken(Map<String, String> fields) {
        boolean taken = false;
        try {
            PaymentNotification report = CHECK.notified(fields);
            if (report.amount().fen() < 0) {
                throw new IllegalStateException("a negative amount");
            }
            taken = true;
        } catch (InvalidSignatureException refused) {
            // As most are.
        }
        try {
            CHECK.returned(fields);
            taken = true;
        } catch (InvalidSignatureException refused) {
            // As most are.
        }
        return taken;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "notify_type=trade_status_sync\ntrade_status=TRADE_SUCCESS\nout_trade_no=1\ntrade_no=2\n"
                                + "total_amount=1.00",
                        "method=alipay.trade.page.pay.return\nout_trade_no=1",
                        "charset=gbk\nsign_type=RSA2\nsign=AAAA",
                        "total_amount=-1\nnotify_type=trade_status_sync\ntrade_status=TRADE_CLOSED",
                        "a&b=c")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}

package ihome.payment;

import ihome.platform.json.Json;
import ihome.testing.TestEndpoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Alipay's gateway as its documents describe it: checks the signature and the common parameters of each request, keeps
 * trades and refunds, signs its answers and notifications. Shares no code with the server.
 */
public final class AlipayService implements AutoCloseable {
    public static final String APP = "2021000000000001";
    public static final String SELLER = "2088000000000001";
    private static final KeyPair SHOP = pair();
    private static final KeyPair ALIPAY = pair();

    private final Map<String, Entry> trades = new ConcurrentHashMap<>();
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final Map<String, String> instead = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final TestEndpoint endpoint = new TestEndpoint(this::answer);
    private volatile PrivateKey answersWith = ALIPAY.getPrivate();
    private volatile boolean losesAnswers;

    /** A trade as Alipay knows it. */
    public static final class Entry {
        final String number;
        final String amount;
        volatile String status = "WAIT_BUYER_PAY";
        final Map<String, String> refunds = new ConcurrentHashMap<>();

        Entry(String number, String amount) {
            this.number = number;
            this.amount = amount;
        }
    }

    /** The options of a server that is paid through here. */
    public Map<String, String> environment() {
        return Map.of(
                "IHOME_PAYMENT",
                "alipay",
                "IHOME_PUBLIC_URL",
                "http://ihome.example",
                "IHOME_ALIPAY_GATEWAY",
                endpoint.uri() + "/gateway.do",
                "IHOME_ALIPAY_APP_ID",
                APP,
                "IHOME_ALIPAY_SELLER_ID",
                SELLER,
                "IHOME_ALIPAY_PRIVATE_KEY",
                base64(SHOP.getPrivate().getEncoded()),
                "IHOME_ALIPAY_PUBLIC_KEY",
                base64(ALIPAY.getPublic().getEncoded()),
                "IHOME_ALIPAY_TIMEOUT",
                "30s");
    }

    public TestEndpoint endpoint() {
        return endpoint;
    }

    /** The methods that were asked for with a right signature, oldest first. */
    public List<String> methods() {
        return methods;
    }

    public Entry trade(String trade) {
        return Objects.requireNonNull(trades.get(trade), trade);
    }

    /** Answers this instead of doing what a method asks; null to do it again. */
    public void answers(String method, @Nullable String body) {
        if (body == null) {
            instead.remove(method);
        } else {
            instead.put(method, body);
        }
    }

    /** Does what it is asked and answers nonsense, as a line that breaks would. */
    public void losesAnswers(boolean on) {
        losesAnswers = on;
    }

    /** Signs its answers with somebody else's key. */
    public void answersForged(boolean on) {
        answersWith = on ? SHOP.getPrivate() : ALIPAY.getPrivate();
    }

    /** A guest's browser opens the address of a payment; returns our number of the trade. */
    public String opens(String payUrl) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(URI.create(payUrl)).build(), HttpResponse.BodyHandlers.ofString());
            if (!page.body().startsWith("cashier ")) {
                throw new AssertionError(page.body());
            }
            return page.body().substring("cashier ".length());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The guest pays; the notification is what this returns, and is the caller's to deliver. */
    public Map<String, String> pays(String trade) {
        trade(trade).status = "TRADE_SUCCESS";
        return notification(trade);
    }

    /** The guest pays, unless the trade is over; nobody is notified. */
    public boolean pay(String trade) {
        Entry entry = trade(trade);
        synchronized (entry) {
            boolean waits = entry.status.equals("WAIT_BUYER_PAY");
            entry.status = waits ? "TRADE_SUCCESS" : entry.status;
            return waits;
        }
    }

    public Map<String, String> notification(String trade) {
        Entry entry = trade(trade);
        Map<String, String> fields = new TreeMap<>();
        fields.put("app_id", APP);
        fields.put("auth_app_id", APP);
        fields.put("buyer_id", "2088000000000002");
        fields.put("buyer_pay_amount", entry.amount);
        fields.put("charset", "utf-8");
        fields.put("fund_bill_list", "[{\"amount\":\"" + entry.amount + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
        fields.put("gmt_payment", "2026-06-01 12:00:30");
        fields.put("notify_id", "2026060100222120000000000000000001");
        fields.put("notify_time", "2026-06-01 12:00:31");
        fields.put("notify_type", "trade_status_sync");
        fields.put("out_trade_no", trade);
        fields.put("point_amount", "");
        fields.put("seller_id", SELLER);
        fields.put("subject", "鼓楼旁的四合院");
        fields.put("total_amount", entry.amount);
        fields.put("trade_no", entry.number);
        fields.put("trade_status", entry.status);
        fields.put("version", "1.0");
        return signed(fields);
    }

    /** What the browser brings back to the shop's page. */
    public Map<String, String> returning(String trade) {
        Entry entry = trade(trade);
        Map<String, String> fields = new TreeMap<>();
        fields.put("app_id", APP);
        fields.put("auth_app_id", APP);
        fields.put("charset", "utf-8");
        fields.put("method", "alipay.trade.page.pay.return");
        fields.put("out_trade_no", trade);
        fields.put("seller_id", SELLER);
        fields.put("timestamp", "2026-06-01 12:00:31");
        fields.put("total_amount", entry.amount);
        fields.put("trade_no", entry.number);
        fields.put("version", "1.0");
        return signed(fields);
    }

    /** Fields signed as Alipay signs what it sends by itself: {@code sign} and {@code sign_type} are not signed. */
    public static Map<String, String> signed(Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.remove("sign");
        all.remove("sign_type");
        String sign = sign(joined(all, false), ALIPAY.getPrivate());
        all.put("sign_type", "RSA2");
        all.put("sign", sign);
        return all;
    }

    private TestEndpoint.Answer answer(TestEndpoint.Request request) {
        boolean page = request.method().equals("GET");
        Map<String, String> fields =
                decode(page ? request.uri().getRawQuery() : new String(request.body(), StandardCharsets.UTF_8));
        List<String> wrong = new ArrayList<>();
        Map<String, String> unsigned = new TreeMap<>(fields);
        String sign = unsigned.remove("sign");
        expect(wrong, sign != null && verify(joined(unsigned, true), sign, SHOP.getPublic()), "sign");
        expect(wrong, APP.equals(fields.get("app_id")), "app_id");
        expect(wrong, "RSA2".equals(fields.get("sign_type")), "sign_type");
        expect(wrong, "utf-8".equals(fields.get("charset")), "charset");
        expect(wrong, "JSON".equals(fields.get("format")), "format");
        expect(wrong, "1.0".equals(fields.get("version")), "version");
        expect(
                wrong,
                fields.getOrDefault("timestamp", "").matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"),
                "timestamp");
        expect(
                wrong,
                page || request.header("Content-Type").equals("application/x-www-form-urlencoded;charset=utf-8"),
                "Content-Type");
        if (!wrong.isEmpty()) {
            return body(
                    "{\"error_response\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\",\"sub_code\":\"isv.invalid-"
                            + wrong.getFirst() + "\"}}");
        }
        String method = fields.getOrDefault("method", "");
        methods.add(method);
        JsonNode content = parse(fields.getOrDefault("biz_content", ""));
        if (page) {
            return body(open(method, fields, content));
        }
        String answer = instead.containsKey(method) ? instead.get(method) : done(method, content);
        if (losesAnswers) {
            return new TestEndpoint.Answer(502, Map.of(), "Bad Gateway".getBytes(StandardCharsets.UTF_8));
        }
        return body("{\"" + method.replace('.', '_') + "_response\":" + answer + ",\"sign\":\""
                + sign(answer, answersWith) + "\"}");
    }

    private String open(String method, Map<String, String> fields, JsonNode content) {
        String product = content.path("product_code").asString("");
        boolean right = (method.equals("alipay.trade.page.pay") && product.equals("FAST_INSTANT_TRADE_PAY"))
                || (method.equals("alipay.trade.wap.pay") && product.equals("QUICK_WAP_WAY"));
        String subject = content.path("subject").asString("");
        String amount = content.path("total_amount").asString("");
        if (!right
                || subject.isEmpty()
                || subject.matches(".*[/=&].*")
                || !amount.matches("[0-9]+\\.[0-9]{2}")
                || !content.path("time_expire").asString("").matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")
                || !fields.getOrDefault("notify_url", "").equals("http://ihome.example/api/v1.0/payment")
                || !fields.getOrDefault("return_url", "").equals("http://ihome.example/payment/return")) {
            return "isv.invalid-parameter " + content;
        }
        String trade = content.path("out_trade_no").asString("");
        trades.computeIfAbsent(
                trade,
                _ -> new Entry("20260601220000000000" + String.format("%08d", numbers.incrementAndGet()), amount));
        return "cashier " + trade;
    }

    private String done(String method, JsonNode content) {
        String trade = content.path("out_trade_no").asString("");
        Entry entry = trades.get(trade);
        if (entry == null) {
            return failed("ACQ.TRADE_NOT_EXIST", "交易不存在");
        }
        String about = "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"" + trade + "\",\"trade_no\":\""
                + entry.number + "\"";
        return switch (method) {
            case "alipay.trade.query" ->
                about + ",\"buyer_logon_id\":\"a{b}\\\"}***\",\"total_amount\":\"" + entry.amount
                        + "\",\"trade_status\":\"" + entry.status + "\"}";
            case "alipay.trade.close" -> close(entry, about);
            case "alipay.trade.refund" -> refund(entry, content, about);
            case "alipay.trade.fastpay.refund.query" ->
                entry.refunds.containsKey(content.path("out_request_no").asString(""))
                        ? about + ",\"refund_status\":\"REFUND_SUCCESS\"}"
                        : about + "}";
            default -> failed("isv.invalid-method", "不存在的方法名");
        };
    }

    private static String close(Entry entry, String about) {
        synchronized (entry) {
            if (!entry.status.equals("WAIT_BUYER_PAY")) {
                return failed("ACQ.REASON_TRADE_STATUS_INVALID", "交易状态异常");
            }
            entry.status = "TRADE_CLOSED";
        }
        return about + "}";
    }

    private static String refund(Entry entry, JsonNode content, String about) {
        String request = content.path("out_request_no").asString("");
        if (!entry.status.equals("TRADE_SUCCESS") || request.isEmpty()) {
            return failed("ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
        }
        boolean first =
                entry.refunds.putIfAbsent(request, content.path("refund_amount").asString("")) == null;
        BigDecimal sum = entry.refunds.values().stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        return about + ",\"fund_change\":\"" + (first ? "Y" : "N") + "\",\"refund_fee\":\"" + sum.toPlainString()
                + "\"}";
    }

    static String failed(String code, String message) {
        return "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"" + code + "\",\"sub_msg\":\"" + message
                + "\"}";
    }

    private static TestEndpoint.Answer body(String text) {
        return new TestEndpoint.Answer(
                200, Map.of("Content-Type", "text/html;charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void expect(List<String> wrong, boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    private static String joined(Map<String, String> fields, boolean withoutEmpty) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (!withoutEmpty || !value.isEmpty()) {
                parts.add(name + "=" + value);
            }
        });
        return String.join("&", parts);
    }

    static Map<String, String> decode(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static JsonNode parse(String json) {
        try {
            return Json.parse(json);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(json, e);
        }
    }

    private static String sign(String text, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean verify(String text, String sign, PublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}

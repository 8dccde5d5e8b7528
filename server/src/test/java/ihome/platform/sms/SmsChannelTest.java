package ihome.platform.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.config.Secret;
import ihome.platform.json.Json;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.NotDelivered;
import ihome.testing.Await;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Both providers' protocols, each against a service that checks signatures and answers as the real one does. */
class SmsChannelTest {
    private static final String MOBILE = "13812345678";
    /** Of a request; more than the slowest machine takes for one that is answered. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusRegistry aliyunRegistry = new PrometheusRegistry();
    private final CloopenService cloopenService = new CloopenService();
    private final AliyunService aliyunService = new AliyunService();

    @AfterEach
    void close() {
        cloopenService.close();
        aliyunService.close();
    }

    private Channel cloopen(String token) {
        return cloopen(token, SmsChannel.CODE);
    }

    private Channel cloopen(String token, String kind) {
        return cloopen(token, kind, LIMIT);
    }

    private Channel cloopen(String token, String kind, Duration limit) {
        return channel(
                SmsChannel.of(
                        new CloopenConfig(
                                cloopenService.endpoint().uri(),
                                CloopenService.SID,
                                new Secret(token),
                                "app-1",
                                "1",
                                Optional.of("2"),
                                limit),
                        Clock.systemUTC(),
                        registry),
                kind);
    }

    private static Channel channel(Map<String, Channel> channels, String kind) {
        return Objects.requireNonNull(channels.get(kind));
    }

    private Channel aliyun(String secret) {
        return aliyun(secret, SmsChannel.CODE);
    }

    private Channel aliyun(String secret, String kind) {
        return channel(
                SmsChannel.of(
                        new AliyunConfig(
                                aliyunService.endpoint().uri(),
                                AliyunService.KEY_ID,
                                new Secret(secret),
                                "爱家 * 租房~",
                                "SMS_154950909",
                                Optional.of("SMS_154950910"),
                                LIMIT),
                        Clock.systemUTC(),
                        aliyunRegistry),
                kind);
    }

    @Test
    void noticesHaveATemplateOfTheirOwn() throws Json.MalformedJson {
        JsonNode notice = Json.parse("{\"mobile\":\"" + MOBILE + "\",\"order\":\"501\",\"what\":\"房客已付款\"}");
        cloopen(CloopenService.TOKEN, SmsChannel.NOTICE).deliver(notice);
        JsonNode sent = cloopenService.received().getFirst();
        assertThat(sent.path("templateId").asString()).isEqualTo("2");
        assertThat(sent.path("datas").toString()).isEqualTo("[\"501\",\"房客已付款\"]");
        aliyun(AliyunService.KEY_SECRET, SmsChannel.NOTICE).deliver(notice);
        assertThat(aliyunService.received().getFirst())
                .containsEntry("TemplateCode", "SMS_154950910")
                .containsEntry("TemplateParam", "{\"order\":\"501\",\"what\":\"房客已付款\"}");
    }

    private static JsonNode message() {
        try {
            return Json.parse("{\"mobile\":\"" + MOBILE + "\",\"code\":\"042517\"}");
        } catch (Json.MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    private double count(String provider, String outcome) {
        return Stream.of(registry, aliyunRegistry)
                .flatMap(each -> each.scrape().stream())
                .filter(snapshot -> snapshot.getMetadata().getPrometheusName().equals("ihome_sms"))
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> provider.equals(point.getLabels().get("provider"))
                        && outcome.equals(point.getLabels().get("outcome")))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    @Test
    void cloopenGetsASignedTemplateMessage() {
        cloopen(CloopenService.TOKEN).deliver(message());
        assertThat(cloopenService.received()).hasSize(1);
        assertThat(cloopenService.received().getFirst().toString())
                .isEqualTo("{\"to\":\"13812345678\",\"appId\":\"app-1\",\"templateId\":\"1\","
                        + "\"datas\":[\"042517\",\"5\"]}");
        assertThat(count("cloopen", "sent")).isEqualTo(1);
    }

    @Test
    void aliyunGetsASignedRequest() {
        aliyun(AliyunService.KEY_SECRET).deliver(message());
        assertThat(aliyunService.received())
                .containsExactly(new TreeMap<>(Map.of(
                        "PhoneNumbers", MOBILE,
                        "SignName", "爱家 * 租房~",
                        "TemplateCode", "SMS_154950909",
                        "TemplateParam", "{\"code\":\"042517\"}")));
        assertThat(count("aliyun", "sent")).isEqualTo(1);
    }

    /** The example of Alibaba Cloud's "V3版本请求体&签名机制". */
    @Test
    void aliyunsSignatureIsThatOfItsDocumentation() {
        Map<String, String> query =
                Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai");
        URI uri = URI.create(
                "https://ecs.cn-shanghai.aliyuncs.com/?" + AliyunSignature.canonicalQuery(new TreeMap<>(query)));
        assertThat(new AliyunSignature("YourAccessKeyId", new Secret("YourAccessKeySecret"))
                        .headers(
                                uri,
                                "RunInstances",
                                "2014-05-26",
                                Instant.parse("2023-10-26T10:22:32Z"),
                                "3156853299f313e23d1673dc12e1703d")
                        .get("authorization"))
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void wrongSecretsAreRefused() {
        assertThatExceptionOfType(NotDelivered.class)
                .isThrownBy(() -> cloopen("wrong").deliver(message()))
                .withMessage("cloopen: 111109 请求地址Sig校验失败");
        assertThatExceptionOfType(NotDelivered.class)
                .isThrownBy(() -> aliyun("wrong").deliver(message()))
                .withMessage("aliyun: SignatureDoesNotMatch does not match");
        assertThat(cloopenService.received()).isEmpty();
        assertThat(aliyunService.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"statusCode\":\"160038\",\"statusMsg\":\"13812345678短信验证码发送过频繁\"} | refused | 160038 …短信验证码发送过频繁",
                "200 | {\"statusCode\":\"160040\",\"statusMsg\":\"验证码超出同模板同号码天发送上限\"} | refused | 160040 验证码超出同模板同号码天发送上限",
                "200 | {} | unknown | HTTP 200",
                "200 | <html> | unknown | HTTP 200",
                "503 | busy | retry | HTTP 503",
                "502 | bad gateway | unknown | HTTP 502",
                "504 | - | unknown | HTTP 504",
                "403 | - | refused | HTTP 403",
            })
    void whatCloopenAnswers(int status, String body, String outcome, String detail) {
        Channel channel = cloopen(CloopenService.TOKEN);
        cloopenService.answers(status, body);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> channel.deliver(message()))
                .withMessage("cloopen: " + detail);
        assertThat(count("cloopen", outcome)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\",\"Message\":\"触发分钟级流控Permits:1\"} | refused",
                "200 | {\"Code\":\"isv.SMS_SIGNATURE_ILLEGAL\",\"Message\":\"签名不合法\"} | refused",
                "200 | {\"Code\":\"isv.AMOUNT_NOT_ENOUGH\",\"Message\":\"账户余额不足\"} | refused",
                "200 | {\"Code\":\"isp.SYSTEM_ERROR\",\"Message\":\"\"} | unknown",
                "400 | {\"Code\":\"Throttling.User\",\"Message\":\"Request was denied due to user flow control.\"} | retry",
                "500 | {\"Code\":\"InternalError\",\"Message\":\"\"} | unknown",
                "503 | {\"Code\":\"ServiceUnavailable\",\"Message\":\"\"} | retry",
            })
    void whatAliyunAnswers(int status, String body, String outcome) {
        Channel channel = aliyun(AliyunService.KEY_SECRET);
        aliyunService.answers(status, body);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> channel.deliver(message()))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain(MOBILE).doesNotContain("042517"));
        assertThat(count("aliyun", outcome)).isEqualTo(1);
    }

    @Test
    void noAnswerIsUnknownAndNoConnectionIsNot() {
        Channel channel = cloopen(CloopenService.TOKEN, SmsChannel.CODE, Duration.ofSeconds(1));
        cloopenService.endpoint().hang(true);
        assertThatExceptionOfType(NotDelivered.class)
                .isThrownBy(() -> channel.deliver(message()))
                .withMessageContaining("did not answer");
        assertThat(count("cloopen", "unknown")).isEqualTo(1);
        Await.until("it is asked once", () -> cloopenService.endpoint().requests(), now -> now == 1);
        cloopenService.close();
        assertThatExceptionOfType(SmsNotSent.class).isThrownBy(() -> channel.deliver(message()));
        assertThat(count("cloopen", "retry")).isEqualTo(1);
    }

    @Test
    void secretsDoNotPrint() {
        assertThat(new CloopenConfig(
                        URI.create("https://x"), "sid", new Secret("hush"), "a", "t", Optional.empty(), Duration.ZERO))
                .asString()
                .contains("sid", "<set>")
                .doesNotContain("hush");
    }
}

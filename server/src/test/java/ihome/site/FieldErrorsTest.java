package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.apidocs.ApiOperation;
import ihome.apidocs.ApiOperation.Parameter;
import ihome.booking.Market;
import ihome.testing.ApiClient;
import ihome.testing.HostileRequests;
import ihome.testing.HostileRequests.Case;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every parameter and field of the API document, given wrongly: a PARAMERR names it in {@code data.field}, and its sentence
 * can be shown to people as it is. Protection: {@link ihome.platform.problem.BusinessException}; with the key in the sentence, as it
 * was, the walk fails.
 */
@Tag("slow")
class FieldErrorsTest {
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}{2}");

    /** Bodies that are read for the payment provider: they are refused as a whole. */
    private static final Set<String> SIGNED = Set.of("POST /api/v1.0/payment", "PUT /api/v1.0/order/payment");

    /** Where any field is taken, none that the client made up comes back in an error. Protection: Fields.texts. */
    @Test
    void noErrorRepeatsANameThatTheClientMadeUp() {
        try (TestServer server = TestServer.start()) {
            for (String value : List.of("[1]", "null", "{}", "\"" + "x".repeat(60_000) + "\"")) {
                Reply refused = server.client()
                        .put("/order/payment", "{\"made-up\": " + value + "}")
                        .expectStatus(400);
                assertThat(refused.text()).doesNotContain("made-up");
            }
        }
    }

    @Test
    void everyRefusedFieldIsNamedBesideASentenceForPeople() {
        List<String> wrong = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        try (Market market = new Market()) {
            long house = market.house();
            LocalDate night = Market.TODAY.plusDays(1);
            long order = Market.order(Market.book(market.guest, house, night, night.plusDays(1)));
            for (Case each : HostileRequests.all()) {
                if (!isTried(each)) {
                    continue;
                }
                market.server.forgetLimits();
                boolean guests = each.operation().path().contains("/order")
                        && !each.operation().path().endsWith("/reply");
                String path = each.path()
                        .replace("{house_id}", Long.toString(house))
                        .replace("{order_id}", Long.toString(order))
                        .replace("{mobile}", "13811223344")
                        .replace("{image_code_id}", UUID.randomUUID().toString())
                        .replaceAll("\\{[a-z_]+}", "1");
                ApiClient client = market.server.client().session((guests ? market.guest : market.host).session());
                Reply reply = client.send(
                        each.operation().method(),
                        "/" + path,
                        each.mediaType(),
                        each.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(each.body()));
                String failure = failure(each.operation(), reply, named);
                if (failure != null) {
                    wrong.add(each.operation().name() + " [" + each.what() + "]: " + failure + ": " + reply.text());
                }
            }
        }
        System.out.println("fields refused: " + named);
        assertThat(wrong).isEmpty();
        assertThat(named)
                .contains(
                        "mobile",
                        "password",
                        "title",
                        "price",
                        "facility",
                        "start_date",
                        "sd",
                        "p",
                        "reason",
                        "guests",
                        "guests.adults",
                        "early_bird",
                        "last_minute.percent");
    }

    /** The wrong types, what is missing, what is too long, and what is no number: other values are for other tests. */
    private static boolean isTried(Case each) {
        if (each.header() != null || SIGNED.contains(each.operation().name())) {
            return false;
        }
        String what = each.what();
        return what.endsWith(" = []")
                || what.startsWith("no ")
                || what.contains(" = \"长")
                || what.contains(" = 长")
                || what.endsWith(" = \"NaN\"")
                || what.endsWith(" = NaN")
                || what.endsWith(" = -1");
    }

    /** Null when the answer is no PARAMERR, or a right one. */
    private static @Nullable String failure(ApiOperation operation, Reply reply, Set<String> named) {
        boolean json = reply.header("Content-Type").startsWith("application/json");
        if (!json || reply.status() != 200 || !reply.errno().equals("4103")) {
            return null;
        }
        Set<String> known = new TreeSet<>(operation.fields().keySet());
        operation.parameters().stream().map(Parameter::name).forEach(known::add);
        operation.inner().stream().map(ApiOperation.Inner::path).forEach(known::add);
        String field = reply.data().path("field").asString("");
        named.add(field);
        if (!known.contains(field)) {
            return "data.field is none of " + known;
        }
        for (String key : known) {
            if (Pattern.compile("(?<![A-Za-z_-])" + key + "(?![A-Za-z_-])")
                    .matcher(reply.message())
                    .find()) {
                return "the sentence has the name " + key + " in it";
            }
        }
        return CHINESE.matcher(reply.message()).find() ? null : "no sentence";
    }

    @Test
    void everyFieldOfTheDocumentHasALabel() {
        Properties labels = labels();
        Set<String> without = new TreeSet<>();
        for (ApiOperation operation : ApiOperation.all()) {
            if (SIGNED.contains(operation.name()) || !operation.path().startsWith("/api/")) {
                continue;
            }
            operation.fields().keySet().stream()
                    .filter(name -> !labels.containsKey(name))
                    .forEach(without::add);
            operation.inner().stream()
                    .filter(inner -> !labels.containsKey(inner.path()) && !labels.containsKey(inner.name()))
                    .map(ApiOperation.Inner::path)
                    .forEach(without::add);
            operation.parameters().stream()
                    .filter(parameter -> !parameter.in().equals("path"))
                    .map(Parameter::name)
                    .filter(name -> !labels.containsKey(name))
                    .forEach(without::add);
        }
        assertThat(without).isEmpty();
    }

    private static Properties labels() {
        Properties labels = new Properties();
        try (InputStream in =
                FieldErrorsTest.class.getResourceAsStream("/ihome/platform/problem/field-labels.properties")) {
            labels.load(new InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return labels;
    }
}

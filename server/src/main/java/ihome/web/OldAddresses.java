package ihome.web;

import ihome.platform.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The page addresses that clients of this API family have had, and where those pages are now. */
final class OldAddresses {
    private static final Map<String, Function<Request, String>> PAGES = pages();

    private OldAddresses() {}

    /** By the old path. */
    static Map<String, Function<Request, String>> all() {
        return PAGES;
    }

    private static Map<String, Function<Request, String>> pages() {
        Map<String, Function<Request, String>> pages = new LinkedHashMap<>();
        pages.put("/index.html", _ -> "/");
        pages.put("/search.html", request -> with("/houses", request, "aid", "sd", "ed", "sk"));
        pages.put("/detail.html", request -> house(request, "id", ""));
        pages.put("/booking.html", request -> house(request, "hid", "/book"));
        pages.put("/my.html", _ -> "/me");
        pages.put("/login.html", _ -> "/login");
        pages.put("/register.html", _ -> "/register");
        pages.put("/profile.html", _ -> "/me/profile");
        pages.put("/auth.html", _ -> "/me/verify");
        pages.put("/myhouse.html", _ -> "/host");
        pages.put("/newhouse.html", _ -> "/host/new");
        pages.put("/orders.html", _ -> "/orders");
        pages.put("/lorders.html", _ -> "/host/orders");
        pages.put(
                "/payComplete.html",
                request -> "/payment/return" + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery()));
        return pages;
    }

    private static String house(Request request, String parameter, String under) {
        String id = request.query(parameter)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .orElse("");
        return id.isEmpty() ? "/houses" : with("/houses/" + id + under, request, "sd", "ed");
    }

    /** Old pages wrote empty parameters; those are left out. */
    private static String with(String path, Request request, String... parameters) {
        StringBuilder address = new StringBuilder(path);
        char before = '?';
        for (String parameter : parameters) {
            String value = request.query(parameter).orElse("");
            if (!value.isEmpty()) {
                address.append(before).append(parameter).append('=');
                address.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                before = '&';
            }
        }
        return address.toString();
    }
}

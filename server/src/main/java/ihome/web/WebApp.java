package ihome.web;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Handler;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.platform.problem.Errno;
import ihome.platform.responsecache.AcceptedEncodings;
import ihome.platform.responsecache.CachedResponse;
import ihome.siteconfig.CurrentSite;
import ihome.web.Pages.Title;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The web app on the server: its pages under the addresses that the app itself knows, its files, the redirects from the
 * addresses of before, {@code sitemap.xml} and {@code robots.txt}. Every other address is a 404. A server that was
 * built without the web app has none of them.
 */
public final class WebApp {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String XML = "application/xml; charset=utf-8";

    private static final String MANIFEST = "manifest.webmanifest";
    private static final String NO_FILE = "无此文件";

    /** Pages that say the same to everybody until the app runs: address and title. */
    private static final Map<String, Title> PLAIN = Map.ofEntries(
            Map.entry("/houses/{id:[0-9]{1,18}}/book", new Title("确认预订", "Confirm your stay")),
            Map.entry("/offline", new Title("没有网络", "Offline")),
            Map.entry("/login", new Title("登录", "Log in")),
            Map.entry("/register", new Title("注册", "Sign up")),
            Map.entry("/me", new Title("我的", "Account")),
            Map.entry("/password", new Title("找回密码", "Reset your password")),
            Map.entry("/me/password", new Title("修改密码", "Change password")),
            Map.entry("/me/profile", new Title("头像和昵称", "Profile")),
            Map.entry("/me/privacy", new Title("登录设备与我的数据", "Devices and data")),
            Map.entry("/me/notices", new Title("通知", "Notifications")),
            Map.entry("/me/verify", new Title("实名认证", "Identity verification")),
            Map.entry("/orders", new Title("我的订单", "My trips")),
            Map.entry("/orders/{id:[0-9]{1,18}}/pay", new Title("付款", "Payment")),
            Map.entry("/payment/return", new Title("付款", "Payment")),
            Map.entry("/host", new Title("我的房源", "My places")),
            Map.entry("/host/new", new Title("发布房源", "List a place")),
            Map.entry("/host/houses/{id:[0-9]{1,18}}/edit", new Title("修改房源", "Edit place")),
            Map.entry("/host/houses/{id:[0-9]{1,18}}/photos", new Title("房源照片", "Photos")),
            Map.entry("/host/houses/{id:[0-9]{1,18}}/calendar", new Title("房源日历", "Calendar")),
            Map.entry("/host/orders", new Title("房客的订单", "Guest bookings")));

    /** The site's own texts, by their names in the address. */
    private static final Map<String, Title> TEXTS = Map.of(
            "terms",
            new Title("服务条款", "Terms of service"),
            "privacy",
            new Title("隐私政策", "Privacy policy"),
            "help",
            new Title("帮助", "Help"),
            "imprint",
            new Title("网站信息", "Imprint"));

    private final WebFiles files;
    private final SitePages texts;
    private final String site;
    private final ZoneId zone;
    private final CurrentSite current;
    private final LocalTime tonightUntil;
    private final String policy;
    private final SiteMap siteMap;

    /**
     * Where the site is.
     *
     * @param address the public address of the server; pictures may come from there and from where the page is
     * @param zone in which days and times are shown
     */
    public record Site(URI address, ZoneId zone) {}

    /**
     * The web app of a site.
     *
     * @param where its address and zone
     * @param tonightUntil from that time of the day on no house can be booked for tonight
     * @param data the data folder, which may hold the site's own texts
     * @param files those that were built into this server
     * @param current what the site says of itself
     */
    public WebApp(
            Site where, LocalTime tonightUntil, Path data, Database database, WebFiles files, CurrentSite current) {
        this.texts = new SitePages(data);
        this.zone = where.zone();
        this.current = current;
        this.tonightUntil = tonightUntil;
        this.files = files;
        String address = where.address().toString();
        this.site = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.siteMap = new SiteMap(this.site, database);
        this.policy = "default-src 'self'; img-src 'self' data: blob: " + this.site
                + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /**
     * The pages, the files, and what stands in for addresses of before.
     *
     * @param api the routes whose answers pages show; none of them is changed
     */
    public List<Route> routes(List<Route> api) {
        CachedResponse template = files.find("index.html").orElse(null);
        if (template == null) {
            return List.of();
        }
        Map<String, Handler> gets = new HashMap<>();
        api.stream()
                .filter(route -> route.method().equals("GET"))
                .forEach(each -> gets.put(each.path(), each.handler()));
        Pages pages = new Pages(
                site,
                zone,
                tonightUntil,
                current,
                texts,
                gets,
                new String(template.body(), StandardCharsets.UTF_8),
                files::scriptsOf);
        List<Route> routes = new ArrayList<>();
        routes.add(page("/", pages::home));
        routes.add(page("/houses", pages::list));
        routes.add(page("/houses/{id:[0-9]{1,18}}", pages::house));
        PLAIN.forEach((path, title) -> routes.add(page(path, request -> pages.plain(request, title, "/"))));
        TEXTS.forEach((name, title) -> routes.add(page("/" + name, request -> pages.text(request, name, title))));
        routes.add(Route.get("/assets/{name}", Access.OPEN, this::asset));
        for (String name : files.besideThePage()) {
            routes.add(Route.get(
                    "/" + name, Access.OPEN, request -> name.equals(MANIFEST) ? manifest(request) : file(name)));
        }
        OldAddresses.all().forEach((path, target) -> routes.add(Route.get(path, Access.OPEN, moved(target))));
        routes.add(Route.get(
                "/robots.txt",
                Access.OPEN,
                _ -> text("text/plain; charset=utf-8", robots().getBytes(StandardCharsets.UTF_8))));
        routes.add(Route.get("/sitemap.xml", Access.OPEN, _ -> text(XML, siteMap.index()))
                .cpuBound());
        routes.add(Route.get("/sitemap-{part:[0-9]{1,6}}.xml", Access.OPEN, this::siteMapPart)
                .cpuBound());
        routes.add(Route.get(UnknownAddress.PATH, Access.OPEN, unknown(pages)).forUnknownAddresses());
        return routes;
    }

    private Handler unknown(Pages pages) {
        List<String> known = new ArrayList<>(PLAIN.keySet());
        TEXTS.keySet().forEach(name -> known.add("/" + name));
        known.addAll(List.of("/", "/houses", "/houses/{id:[0-9]{1,18}}"));
        UnknownAddress addresses = new UnknownAddress(known);
        return request -> {
            Optional<String> meant = addresses.meant(request);
            if (meant.isPresent()) {
                return moved(_ -> meant.get()).handle(request);
            }
            Response answer =
                    UnknownAddress.wantsPage(request) ? page(request, pages.lost(request)) : UnknownAddress.envelope();
            return answer.with("Vary", "Accept");
        };
    }

    private Route page(String path, Function<Request, Pages.Page> render) {
        return Route.get(path, Access.OPEN, request -> page(request, render.apply(request)));
    }

    private Response page(Request request, Pages.Page page) {
        byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
        String etag = '"' + sha256(html) + '"';
        boolean known = page.status() == 200
                && request.header("If-None-Match").filter(etag::equals).isPresent();
        boolean gzip = encodings(request).gzip();
        byte[] body = gzip ? Gzip.of(html) : html;
        Response answer = known ? Response.of(304, HTML, new byte[0]) : Response.of(page.status(), HTML, body);
        if (gzip && !known) {
            answer = answer.with("Content-Encoding", "gzip");
        }
        // What a page shows may depend on who looks: no shared cache keeps it.
        return answer.with("Cache-Control", "private, no-cache")
                .with("ETag", etag)
                .with("Vary", "Accept-Encoding, Accept-Language, Cookie")
                .with("Content-Security-Policy", policy)
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "strict-origin-when-cross-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()");
    }

    private Response asset(Request request) {
        return file("assets/" + request.path("name"));
    }

    private Response file(String name) {
        return files.find(name).map(Response::cached).orElseGet(() -> Response.failure(404, Errno.NODATA, NO_FILE));
    }

    /** What a phone calls the app that is put on its screen: the site's name, in its language. */
    private Response manifest(Request request) {
        Response file = file(MANIFEST);
        SiteWords words = SiteWords.of(current.get(), request);
        try {
            ObjectNode manifest = (ObjectNode) Json.parse(file.body());
            manifest.put("name", words.name()).put("short_name", words.name()).put("description", words.slogan());
            manifest.put("lang", words.language().tag());
            return Response.of(200, file.contentType(), Json.bytes(manifest))
                    .with("Cache-Control", "no-cache")
                    .with("Vary", "Accept-Language, Cookie")
                    .with("X-Content-Type-Options", "nosniff");
        } catch (Json.MalformedJson e) {
            throw new IllegalStateException("the web app's manifest is malformed", e);
        }
    }

    private static AcceptedEncodings encodings(Request request) {
        return AcceptedEncodings.of(request.header("Accept-Encoding").orElse(""));
    }

    private static Handler moved(Function<Request, String> target) {
        return request -> Response.of(301, HTML, new byte[0]).with("Location", target.apply(request));
    }

    private static Response text(String contentType, byte[] text) {
        return Response.of(200, contentType, text)
                .with("Cache-Control", "public, max-age=3600")
                .with("X-Content-Type-Options", "nosniff");
    }

    private Response siteMapPart(Request request) {
        return text(XML, siteMap.part(Integer.parseInt(request.path("part"))));
    }

    private String robots() {
        return """
                User-agent: *
                Disallow: /api/
                Disallow: /me
                Disallow: /orders
                Disallow: /host
                Disallow: /login
                Disallow: /register
                Disallow: /password
                Sitemap: %s/sitemap.xml
                """.formatted(site);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

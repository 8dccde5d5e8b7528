package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.stay.BookingWindow;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stay costs, and which nights of a house can be had. */
final class CalendarRoutes {
    private static final String BASE = "/api/v1.0/houses/{house_id}";
    private static final int DEFAULT_DAYS = 60;
    private static final Money CENT = new Money(1);
    private static final Money MILLION_YUAN = Money.ofYuan(1_000_000);

    private final Database database;
    private final CalendarStore calendar;
    private final NightClaimStore claims;
    private final ChangeCalendar changeCalendar;
    private final SiteTime time;

    CalendarRoutes(
            Database database,
            CalendarStore calendar,
            NightClaimStore claims,
            ChangeCalendar changeCalendar,
            SiteTime time) {
        this.database = database;
        this.calendar = calendar;
        this.claims = claims;
        this.changeCalendar = changeCalendar;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE + "/quote", Access.OPEN, this::quote).onDatabaseFailure("查询房屋价格失败"),
                Route.get(BASE + "/calendar", Access.OPEN, this::nights).onDatabaseFailure("查询房屋日历失败"),
                Route.get("/api/v1.0/user/houses/{house_id}/calendar", Access.LOGIN, this::hostNights)
                        .onDatabaseFailure("查询房屋日历失败"),
                Route.put(BASE + "/calendar", Access.LOGIN, this::change).onDatabaseFailure("保存房屋日历失败"));
    }

    private record NightView(
            String date,
            boolean free,
            @Nullable String reason,
            long price,
            int minDays,
            boolean closedToArrival,
            boolean closedToDeparture) {}

    private record CalendarView(long houseId, List<NightView> nights) {}

    private record HostNightView(
            String date,
            String state,
            long price,
            boolean special,
            @Nullable Long orderId,
            @Nullable String orderStatus) {}

    private record HostCalendarView(long houseId, long price, List<HostNightView> nights) {}

    private Response quote(Request request) {
        Stay stay = Stay.between(
                "start_date",
                Stay.date("start_date", required(request, "start_date")),
                "end_date",
                Stay.date("end_date", required(request, "end_date")));
        Guests guests = GuestFields.of(request);
        return Response.ok(database.inSnapshot(tx -> {
            long house = request.id("house_id");
            BookingWindow window = BookingWindow.at(time);
            window.check(stay);
            Quote quote = calendar.quote(tx, house, stay, guests, window.first())
                    .orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception);
            quote.check(time);
            return PriceViews.quote(quote, claims.areFree(tx, house, stay));
        }));
    }

    private Response nights(Request request) {
        BookingWindow window = BookingWindow.at(time);
        Stay range = range(request, window);
        long house = request.id("house_id");
        long viewer = request.viewerIfKnown().orElse(-1);
        List<CalendarStore.Night> nights = database.withConnection(tx -> calendar.nights(tx, house, viewer, range));
        if (nights.isEmpty()) {
            throw BookingProblem.NO_SUCH_HOUSE.exception();
        }
        return Response.ok(new CalendarView(
                house, nights.stream().map(night -> view(night, window)).toList()));
    }

    private static NightView view(CalendarStore.Night night, BookingWindow window) {
        String reason = whyNotFree(night, window);
        return new NightView(
                night.night().toString(),
                reason == null,
                reason,
                night.price().fen(),
                night.minDays(),
                night.closedToArrival(),
                night.closedToDeparture());
    }

    /** Why the night cannot be booked; null when it can. */
    private static @Nullable String whyNotFree(CalendarStore.Night night, BookingWindow window) {
        LocalDate date = night.night();
        if (night.claimed()) {
            return "taken";
        }
        if (!window.contains(date, date.plusDays(1))) {
            return "outside";
        }
        return window.admits(date, night.times(), night.instantBooking()) ? null : "too_late";
    }

    private Response hostNights(Request request) {
        Stay range = range(request, BookingWindow.at(time));
        long house = request.id("house_id");
        return Response.ok(database.inSnapshot(tx -> {
            CalendarStore.HouseOfHost own =
                    calendar.houseOfHost(tx, house).orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception);
            own.check(request.viewer());
            return new HostCalendarView(
                    house,
                    own.price().fen(),
                    calendar.hostNights(tx, house, range).stream()
                            .map(CalendarRoutes::view)
                            .toList());
        }));
    }

    private static HostNightView view(CalendarStore.HostNight night) {
        String kind = night.kind();
        String state = kind == null ? "free" : kind.equals("ORDER") || kind.equals("HOLD") ? "booked" : "blocked";
        OrderStatus status = night.orderStatus();
        return new HostNightView(
                night.night().toString(),
                state,
                night.price().fen(),
                night.special(),
                night.order(),
                status == null ? null : status.name());
    }

    private static Stay range(Request request, BookingWindow window) {
        LocalDate from =
                request.query("from").map(text -> Stay.date("from", text)).orElse(window.first());
        window.checkCalendar(from);
        LocalDate to = request.query("to").map(text -> Stay.date("to", text)).orElse(from.plusDays(DEFAULT_DAYS));
        return Stay.between("from", from, "to", to);
    }

    private Response change(Request request) {
        long house = request.id("house_id");
        RequestFields fields = request.fields();
        Stay nights = Stay.between(
                "start_date",
                Stay.date("start_date", fields.text("start_date", 1, 32)),
                "end_date",
                Stay.date("end_date", fields.text("end_date", 1, 32)));
        switch (fields.text("action", 1, 32)) {
            case "block" -> changeCalendar.block(request.viewer(), house, nights);
            case "unblock" -> changeCalendar.unblock(request.viewer(), house, nights);
            case "price" ->
                changeCalendar.setPrice(request.viewer(), house, nights, fields.yuan("price", CENT, MILLION_YUAN));
            case "reset_price" -> changeCalendar.resetPrice(request.viewer(), house, nights);
            default -> throw BusinessException.badField("action", "应为关闭、开放、改价或恢复原价");
        }
        return Response.done("OK");
    }

    private static String required(Request request, String name) {
        return request.query(name).orElseThrow(() -> BusinessException.missingField(name));
    }
}

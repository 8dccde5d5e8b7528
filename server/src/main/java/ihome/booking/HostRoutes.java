package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Page;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a host earns, and how full the houses are. */
final class HostRoutes {
    private static final int OCCUPANCY_NIGHTS = 30;
    private static final String REQUEST = "REQUEST";
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;

    private final Database database;
    private final HostStore store = new HostStore();
    private final SiteTime time;
    private final int feePercent;

    /** @param feePercent the platform's part of the lodging, for what is not settled yet */
    HostRoutes(Database database, SiteTime time, int feePercent) {
        this.database = database;
        this.time = time;
        this.feePercent = feePercent;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1.0/user/income", Access.LOGIN, this::income).onDatabaseFailure("查询收入失败"),
                Route.get("/api/v1.0/user/houses/occupancy", Access.LOGIN, this::occupancy)
                        .onDatabaseFailure("查询用户房屋数据异常"));
    }

    private record MonthView(int month, long lodging, long fee, long net, int orders, int nights, long onArrival) {}

    private record UpcomingView(long lodging, long fee, long net, int orders, int nights, long onArrival) {}

    private record IncomeView(int year, List<MonthView> months, UpcomingView upcoming) {}

    private record HouseNightsView(
            long houseId, String title, boolean published, List<String> nights, List<String> requested) {}

    private record OccupancyView(
            String from,
            List<HouseNightsView> houses,
            @Nullable String next) {}

    private Response income(Request request) {
        int year = request.query("year")
                .map(HostRoutes::year)
                .orElseGet(() -> time.today().getYear());
        LocalDate first = LocalDate.of(year, 1, 1);
        return Response.ok(database.inSnapshot(tx -> {
            List<HostStore.Earned> earned = store.earned(
                    tx, request.viewer(), time.startOf(first), time.startOf(first.plusYears(1)), time.zone());
            return new IncomeView(
                    year,
                    IntStream.rangeClosed(1, 12)
                            .mapToObj(month -> month(month, earned))
                            .toList(),
                    upcoming(store.upcoming(tx, request.viewer())));
        }));
    }

    private static int year(String text) {
        int year = text.matches("[0-9]{4}") ? Integer.parseInt(text) : 0;
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw BusinessException.badField("year", "应在 " + FIRST_YEAR + " 到 " + LAST_YEAR + " 之间");
        }
        return year;
    }

    private static MonthView month(int month, List<HostStore.Earned> earned) {
        return earned.stream()
                .filter(each -> each.month() == month)
                .findFirst()
                .map(each -> new MonthView(
                        month,
                        each.lodging().fen(),
                        each.fee().fen(),
                        each.net().fen(),
                        each.orders(),
                        each.nights(),
                        each.onArrival().fen()))
                .orElseGet(() -> new MonthView(month, 0, 0, 0, 0, 0, 0));
    }

    /** The fee as it will be settled: of each order for itself. */
    private UpcomingView upcoming(List<HostStore.Upcoming> orders) {
        Money lodging = Money.ZERO;
        Money fee = Money.ZERO;
        Money onArrival = Money.ZERO;
        int nights = 0;
        for (HostStore.Upcoming order : orders) {
            lodging = lodging.plus(order.lodging());
            fee = fee.plus(order.lodging().percent(feePercent));
            nights += order.nights();
            if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
                onArrival = onArrival.plus(order.lodging());
            }
        }
        return new UpcomingView(
                lodging.fen(), fee.fen(), lodging.minus(fee).fen(), orders.size(), nights, onArrival.fen());
    }

    private Response occupancy(Request request) {
        LocalDate today = time.today();
        Page page = Page.of(request);
        Page.Part<HostStore.Occupancy> part = page.of(
                database.withConnection(tx ->
                        store.occupancy(tx, request.viewer(), today, OCCUPANCY_NIGHTS, page.before(), page.toRead())),
                HostStore.Occupancy::house);
        return Response.ok(new OccupancyView(
                today.toString(),
                part.entries().stream()
                        .map(house -> new HouseNightsView(
                                house.house(),
                                house.title(),
                                house.published(),
                                house.nights().stream().map(HostRoutes::state).toList(),
                                requested(house, today)))
                        .toList(),
                part.next()));
    }

    /** Nights that an order holds which waits for the host's answer. */
    private static List<String> requested(HostStore.Occupancy house, LocalDate from) {
        return IntStream.range(0, house.nights().size())
                .filter(i -> house.nights().get(i).equals(REQUEST))
                .mapToObj(i -> from.plusDays(i).toString())
                .toList();
    }

    private static String state(String kind) {
        return switch (kind) {
            case "" -> "free";
            case "ORDER", "HOLD", REQUEST -> "taken";
            default -> "blocked";
        };
    }
}

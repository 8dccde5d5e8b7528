package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What guests may know of a house's host beside the name. It is no part of the full house: that answer is kept until the
 * house changes, and this one changes with every request that the host answers.
 */
final class HostProfileRoutes {
    /** Fewer requests say nothing of how fast a host answers. */
    private static final int FEWEST_REQUESTS = 3;

    private final Database database;
    private final HostProfileStore profiles = new HostProfileStore();
    private final SiteTime time;

    HostProfileRoutes(Database database, SiteTime time) {
        this.database = database;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1.0/houses/{house_id}/host", Access.OPEN, this::host)
                .onDatabaseFailure("查询房东信息失败"));
    }

    /** @param answersWithin minutes */
    private record HostView(
            boolean verified,
            String memberSince,
            int houses,
            @Nullable Long answersWithin,
            int cancellations) {}

    private Response host(Request request) {
        long house = request.id("house_id");
        HostProfileStore.Profile profile = database.withConnection(tx -> profiles.of(tx, house))
                .orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception);
        return Response.ok(new HostView(
                profile.verified(),
                time.formatDate(profile.since()),
                profile.houses(),
                profile.answered() < FEWEST_REQUESTS ? null : minutes(profile.seconds()),
                profile.cancellations()));
    }

    /** Whole minutes that have begun, one at least. */
    private static long minutes(long seconds) {
        return Math.max(1, (seconds + 59) / 60);
    }
}

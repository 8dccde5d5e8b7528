package ihome.occupant;

import ihome.identity.Masked;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guest of an order names who stays, and looks at what was named, masked. */
final class OccupantRoutes {
    private static final String OCCUPANTS = "/api/v1.0/orders/{order_id}/occupants";

    private final Occupants occupants;
    private final SiteTime time;

    OccupantRoutes(Occupants occupants, SiteTime time) {
        this.occupants = occupants;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.get(OCCUPANTS, Access.LOGIN, this::show).onDatabaseFailure("查询入住人失败"),
                Route.put(OCCUPANTS, Access.LOGIN, this::give).onDatabaseFailure("保存入住人失败"));
    }

    private record OccupantView(
            String name,
            String idType,
            String idNumber,
            @Nullable String mobile) {}

    private record OccupantsView(int needed, boolean complete, List<OccupantView> occupants) {}

    private Response show(Request request) {
        return shown(occupants.of(request.viewer(), request.id("order_id")));
    }

    private Response give(Request request) {
        List<Occupant> given = OccupantFields.of(request.fields(), time.today());
        return shown(occupants.give(request.viewer(), request.id("order_id"), given));
    }

    private static Response shown(Occupants.Named named) {
        List<OccupantView> views = named.occupants().stream()
                .map(each -> new OccupantView(
                        Masked.name(each.name()),
                        each.type().wire(),
                        Masked.number(each.number()),
                        each.mobile() == null ? null : Masked.number(each.mobile())))
                .toList();
        return Response.ok(new OccupantsView(named.needed(), views.size() >= named.needed(), views));
    }
}

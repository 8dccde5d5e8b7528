package ihome.occupant;

import ihome.identity.Audit;
import ihome.identity.IdentityKeys;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A day's arrivals for the local register, in the clear; that they were exported is on record first. */
public final class OccupantExport {
    private static final String HEAD = "order_id,arrival,departure,house,address,name,id_type,id_number,mobile";

    private OccupantExport() {}

    /** Lines of CSV (RFC 4180), with a head. */
    public static List<String> csv(Database database, IdentityKeys keys, SiteTime time, LocalDate day) {
        new Audit().byOperator(database, Audit.What.OCCUPANTS_EXPORTED, time.now());
        List<String> lines = new ArrayList<>(List.of(HEAD));
        for (OccupantStore.Arrival each : database.inSnapshot(tx -> new OccupantStore().arriving(tx, day))) {
            Occupant one = Occupants.opened(keys, each.order(), each.sealed());
            String mobile = one.mobile();
            lines.add(Stream.of(
                            Long.toString(each.order()),
                            each.from().toString(),
                            each.until().toString(),
                            each.title(),
                            each.address(),
                            one.name(),
                            one.type().wire(),
                            one.number(),
                            mobile == null ? "" : mobile)
                    .map(OccupantExport::cell)
                    .collect(Collectors.joining(",")));
        }
        return lines;
    }

    /** Spreadsheets take a text that begins like a formula for one: a host's title must not become it. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}

package ihome;

import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.BusinessException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /log-levels} of the management address: what {@code --log-level} says, to be read and, until the server stops, to be
 * changed. An empty value is the usual levels.
 */
final class LogLevelRoutes {
    private static final Logger log = LoggerFactory.getLogger(LogLevelRoutes.class);
    private static final int LONGEST = 1_000;

    private LogLevelRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.get("/log-levels", Access.OPEN, _ -> present()),
                Route.put("/log-levels", Access.OPEN, LogLevelRoutes::change));
    }

    private static Response present() {
        return Response.ok(Map.of("levels", Logging.levels().toString())).with("Cache-Control", "no-store");
    }

    private static Response change(Request request) {
        String wanted = request.fields().text("levels", 0, LONGEST);
        try {
            LogLevels levels = wanted.isBlank() ? LogLevels.USUAL : LogLevels.parse(wanted);
            Logging.setLevels(levels);
            log.debug("this is a line at the level debug");
            log.info("log levels are now: {}", levels.toString().isEmpty() ? "the usual ones" : levels);
        } catch (IllegalArgumentException e) {
            throw BusinessException.badField("levels", "应为日志级别，例如 ihome.http=debug");
        }
        return present();
    }
}

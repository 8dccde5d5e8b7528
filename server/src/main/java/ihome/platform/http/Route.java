package ihome.platform.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path pattern, and what it promises.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path path pattern with names in braces
 * @param access who may call it
 * @param databaseMessage what a client is told when the database fails (DBERR)
 * @param body what body it takes, and with which bounds
 * @param alwaysAdmitted also when as many requests are at work as may be
 * @param computesLong it computes for long, as a password's hash does, and has places of its own
 * @param changesSomething another site's page may not ask for it
 * @param atOnce what it can say without its handler; null: nothing
 */
public record Route(
        String method,
        String path,
        Access access,
        String databaseMessage,
        Body body,
        boolean alwaysAdmitted,
        boolean computesLong,
        boolean changesSomething,
        Handler handler,
        @Nullable AtOnce atOnce) {
    /** The message of routes for which the API document names none. */
    public static final String DATABASE_FAILED = "数据库错误";

    /** Body bounds: size in bytes, and how long a client may take to send it. */
    public enum Body {
        NONE(0, Duration.ofSeconds(10)),
        JSON(64 * 1024, Duration.ofSeconds(15)),
        UPLOAD(10 * 1024 * 1024 + 16 * 1024, Duration.ofMinutes(3));

        private final int maxBytes;
        private final Duration maxTime;

        Body(int maxBytes, Duration maxTime) {
            this.maxBytes = maxBytes;
            this.maxTime = maxTime;
        }

        public int maxBytes() {
            return maxBytes;
        }

        public Duration maxTime() {
            return maxTime;
        }
    }

    public static Route get(String path, Access access, Handler handler) {
        return new Route("GET", path, access, DATABASE_FAILED, Body.NONE, false, false, false, handler, null);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route("POST", path, access, DATABASE_FAILED, Body.JSON, false, false, true, handler, null);
    }

    public static Route put(String path, Access access, Handler handler) {
        return new Route("PUT", path, access, DATABASE_FAILED, Body.JSON, false, false, true, handler, null);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route("DELETE", path, access, DATABASE_FAILED, Body.NONE, false, false, true, handler, null);
    }

    /** The same route under another path, which has names for the same parts. */
    public Route at(String other) {
        return new Route(
                method,
                other,
                access,
                databaseMessage,
                body,
                alwaysAdmitted,
                computesLong,
                changesSomething,
                handler,
                null);
    }

    /** The same route with another handler, which has nothing to say at once. */
    public Route answeredBy(Handler other) {
        return new Route(
                method,
                path,
                access,
                databaseMessage,
                body,
                alwaysAdmitted,
                computesLong,
                changesSomething,
                other,
                null);
    }

    /** The same route with the message that the API document gives for a failing database. */
    public Route onDatabaseFailure(String message) {
        return new Route(
                method, path, access, message, body, alwaysAdmitted, computesLong, changesSomething, handler, atOnce);
    }

    /** The same route taking a multipart body with a picture. */
    public Route takingUpload() {
        return new Route(
                method,
                path,
                access,
                databaseMessage,
                Body.UPLOAD,
                alwaysAdmitted,
                computesLong,
                changesSomething,
                handler,
                atOnce);
    }

    /** The same route taking a JSON body. */
    public Route takingJson() {
        return new Route(
                method,
                path,
                access,
                databaseMessage,
                Body.JSON,
                alwaysAdmitted,
                computesLong,
                changesSomething,
                handler,
                atOnce);
    }

    /** The same route answered also by an overloaded server, for who asks how it is doing. */
    public Route whenOverloadedToo() {
        return new Route(
                method, path, access, databaseMessage, body, true, computesLong, changesSomething, handler, atOnce);
    }

    /** The same route, which computes for long: it waits for others of its kind, and nobody else for it. */
    public Route computingLong() {
        return new Route(
                method, path, access, databaseMessage, body, alwaysAdmitted, true, changesSomething, handler, atOnce);
    }

    /** The same GET route, which is more than a question: refused when a browser asks for another site's page. */
    public Route changingSomething() {
        return new Route(
                method, path, access, databaseMessage, body, alwaysAdmitted, computesLong, true, handler, atOnce);
    }

    /** The same GET route, which has some of its answers in memory, and gives these without its handler. */
    public Route sayingAtOnce(AtOnce some) {
        return new Route(
                method,
                path,
                access,
                databaseMessage,
                body,
                alwaysAdmitted,
                computesLong,
                changesSomething,
                handler,
                some);
    }
}

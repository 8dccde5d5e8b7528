package ihome.platform.http;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path pattern, and what it promises.
 *
 * @param method GET, POST, PUT or DELETE; a GET route answers HEAD too
 * @param path path pattern: {@code {name}} is one part of the path, {@code {+name}} the rest of it, and
 *     {@code {name:regex}} what the expression matches
 * @param access who may call it
 * @param databaseMessage what a client is told when the database fails (DBERR)
 * @param body what body it takes, and with which bounds
 * @param traits how it is to be treated
 * @param caching what is kept of its responses; null: nothing
 */
public record Route(
        String method,
        String path,
        Access access,
        String databaseMessage,
        Body body,
        Set<Trait> traits,
        @Nullable Caching caching,
        Handler handler) {
    /** The message of routes for which the API document names none. */
    public static final String DATABASE_FAILED = "数据库错误";

    /** How a route is to be treated. */
    public enum Trait {
        /** See {@link Route#bypassAdmission}. */
        BYPASSES_ADMISSION,
        /** See {@link Route#cpuBound}. */
        CPU_BOUND,
        /** See {@link Route#unsafe}. */
        UNSAFE,
        /** See {@link Route#onEventLoop}. */
        ON_EVENT_LOOP,
        /** See {@link Route#forUnknownAddresses}. */
        FOR_UNKNOWN_ADDRESSES
    }

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

    public Route {
        traits = Set.copyOf(traits);
    }

    public static Route get(String path, Access access, Handler handler) {
        return new Route("GET", path, access, DATABASE_FAILED, Body.NONE, Set.of(), null, handler);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route("POST", path, access, DATABASE_FAILED, Body.JSON, Set.of(Trait.UNSAFE), null, handler);
    }

    public static Route put(String path, Access access, Handler handler) {
        return new Route("PUT", path, access, DATABASE_FAILED, Body.JSON, Set.of(Trait.UNSAFE), null, handler);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route("DELETE", path, access, DATABASE_FAILED, Body.NONE, Set.of(Trait.UNSAFE), null, handler);
    }

    /** The same route under another path, which has names for the same parts. */
    public Route at(String other) {
        return new Route(method, other, access, databaseMessage, body, traits, caching, handler);
    }

    /** The same route with another handler. */
    public Route answeredBy(Handler other) {
        return new Route(method, path, access, databaseMessage, body, traits, caching, other);
    }

    /** The same route with the message that the API document gives for a failing database. */
    public Route onDatabaseFailure(String message) {
        return new Route(method, path, access, message, body, traits, caching, handler);
    }

    /** The same route taking a multipart body with a picture. */
    public Route takingUpload() {
        return new Route(method, path, access, databaseMessage, Body.UPLOAD, traits, caching, handler);
    }

    /** The same route taking a JSON body. */
    public Route takingJson() {
        return new Route(method, path, access, databaseMessage, Body.JSON, traits, caching, handler);
    }

    /** The same route, answered by an overloaded server too: for operators who ask how it is doing. */
    public Route bypassAdmission() {
        return with(Trait.BYPASSES_ADMISSION);
    }

    /** The same route, which computes for long, as a password's hash does: it waits for its like only, and nobody else for it. */
    public Route cpuBound() {
        return with(Trait.CPU_BOUND);
    }

    /** The same GET route, which changes something (not safe as RFC 9110, 9.2.1 has it): refused to other sites' pages. */
    public Route unsafe() {
        return with(Trait.UNSAFE);
    }

    /**
     * The same GET route, whose handler is first tried on the event loop, while its budget of time lasts: it answers from
     * memory within a fraction of a millisecond or calls {@link Request#beforeBlocking}.
     */
    public Route onEventLoop() {
        return with(Trait.ON_EVENT_LOOP);
    }

    /**
     * The same GET route, which is also asked for addresses that no other route may have: with empty or dot segments,
     * semicolons, encoded slashes. It says that there is no such page, or where the page is that was meant.
     */
    public Route forUnknownAddresses() {
        return with(Trait.FOR_UNKNOWN_ADDRESSES);
    }

    /**
     * The same GET route, whose responses are kept and sent again until one of the changes that it names. A handler that
     * caches without that is a fault of the program, and its request fails.
     */
    public Route cached(Caching kept) {
        return new Route(method, path, access, databaseMessage, body, traits, kept, handler);
    }

    private Route with(Trait trait) {
        EnumSet<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Route(method, path, access, databaseMessage, body, more, caching, handler);
    }

    public boolean bypassesAdmission() {
        return traits.contains(Trait.BYPASSES_ADMISSION);
    }

    public boolean isCpuBound() {
        return traits.contains(Trait.CPU_BOUND);
    }

    public boolean isUnsafe() {
        return traits.contains(Trait.UNSAFE);
    }

    public boolean runsOnEventLoop() {
        return traits.contains(Trait.ON_EVENT_LOOP);
    }

    public boolean isForUnknownAddresses() {
        return traits.contains(Trait.FOR_UNKNOWN_ADDRESSES);
    }
}

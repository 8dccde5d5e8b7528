package ihome.platform.sms;

import java.net.http.HttpRequest;

/** How one provider is asked to send a message, and how its answers are read. */
interface SmsProvider {
    /** As the metric names it. */
    String name();

    /** One request, signed now. */
    HttpRequest request(String mobile, String code);

    /** Whether there is a template for notices. */
    boolean sendsNotices();

    /**
     * One request for a notice, signed now.
     *
     * @param order what it is about
     * @param what happened, in a few words of ours: providers allow no more, and no text of others
     */
    HttpRequest notice(String mobile, String order, String what);

    /** What an answer means. */
    SmsOutcome outcome(int status, String body);
}

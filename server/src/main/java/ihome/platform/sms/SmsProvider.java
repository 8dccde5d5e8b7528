package ihome.platform.sms;

import java.net.http.HttpRequest;

/** How one provider is asked to send a code, and how its answers are read. */
interface SmsProvider {
    /** As the metric names it. */
    String name();

    /** One request, signed now. */
    HttpRequest request(String mobile, String code);

    /** What an answer means. */
    SmsOutcome outcome(int status, String body);
}

package ihome.platform.http.pipeline;

import ihome.platform.http.EventStream;
import ihome.platform.http.StoredBody;
import ihome.platform.problem.Errno;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is to be sent, whatever the protocol's version.
 *
 * @param headers all but date, length and those about the connection
 * @param contentLength the length to be told; -1: none is told, since the status has no body
 * @param array where the body is, not to be changed; nothing of it is sent when {@code length} is 0
 * @param stored where the body is instead; null: in the array
 * @param events who sends the events of a response that stays open; null: it is none
 * @param memory bytes that it holds in memory until the client has taken it
 * @param closing whether the connection is closed afterwards
 * @param errno what the envelope says; null: it is none, or says success
 */
// Nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingResponse(
        int status,
        List<Map.Entry<String, String>> headers,
        long contentLength,
        byte[] array,
        int from,
        int length,
        @Nullable StoredBody stored,
        EventStream.@Nullable Subscriber events,
        long memory,
        boolean closing,
        @Nullable Errno errno) {}

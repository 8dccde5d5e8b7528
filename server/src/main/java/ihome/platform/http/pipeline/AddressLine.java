package ihome.platform.http.pipeline;

import java.util.ArrayDeque;

/** The requests of one address in a {@link FairQueue}, whose lock guards it. */
final class AddressLine {
    private final int mostAtWork;
    final String address;
    final ArrayDeque<FairQueue.Place> waiting = new ArrayDeque<>();
    int atWork;
    /** Whether it is among those that may have the next place. */
    boolean hasATurn;

    AddressLine(String address, int mostAtWork) {
        this.address = address;
        this.mostAtWork = mostAtWork;
    }

    boolean mayWork() {
        return atWork < mostAtWork;
    }
}

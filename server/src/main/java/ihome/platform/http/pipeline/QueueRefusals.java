package ihome.platform.http.pipeline;

/** Told of everybody whom a {@link FairQueue} turns away; its lock may be held, so this has to be quick. */
interface QueueRefusals {
    /** Why somebody was turned away. */
    enum Reason {
        /** Its address has as many waiting as it may. */
        ADDRESS,
        /** As many wait as may, and no line is longer than its own. */
        FULL,
        /** It has waited as long as one does. */
        LATE
    }

    void refused(Reason reason);
}

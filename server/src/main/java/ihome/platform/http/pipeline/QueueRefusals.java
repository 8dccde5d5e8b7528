package ihome.platform.http.pipeline;

/** Told of everybody whom a {@link FairQueue} turns away; its lock may be held, so this has to be quick. */
interface QueueRefusals {
    void refused(FairQueue.Reason reason);
}

package ihome.platform.change;

/**
 * Where a PostgreSQL server is in its write-ahead log.
 *
 * @param identity which database of which cluster; the same on all standbys
 * @param timeline goes up by one when a standby is promoted or a backup is recovered to a point in time; 0: the server is a
 *     standby at the moment
 * @param bytes in the log; what is committed is never beyond it
 */
record Position(String identity, long timeline, long bytes) {
    /**
     * Whether all that was committed at the earlier position is certainly still there. A new timeline may have begun before
     * it: where exactly, an ordinary account cannot ask.
     */
    boolean follows(Position earlier) {
        return identity.equals(earlier.identity) && timeline == earlier.timeline && bytes >= earlier.bytes;
    }

    @Override
    public String toString() {
        return "cluster " + identity + ", timeline " + timeline + ", byte " + bytes;
    }
}

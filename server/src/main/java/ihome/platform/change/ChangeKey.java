package ihome.platform.change;

/**
 * What a change is about: one thing of a kind, as {@code house:17}, or the whole kind, as {@code areas}.
 *
 * @param kind a word of small letters
 * @param id 0: the whole kind
 */
public record ChangeKey(String kind, long id) {
    /** Not one thing or kind but all of them: for changes too large to be named. */
    public static final ChangeKey ANYTHING = new ChangeKey("anything", 0);

    public ChangeKey {
        if (!kind.matches("[a-z]{1,32}") || id < 0) {
            throw new IllegalArgumentException("not a change key: " + kind + ":" + id);
        }
    }

    /** What cannot be read, as of a newer version that writes in another form, may be about anything. */
    static ChangeKey parse(String text) {
        int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? new ChangeKey(text, 0)
                    : new ChangeKey(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return ANYTHING;
        }
    }

    /** As it stands in the log. */
    @Override
    public String toString() {
        return id == 0 ? kind : kind + ":" + id;
    }
}

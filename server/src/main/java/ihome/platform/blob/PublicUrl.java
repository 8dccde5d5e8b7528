package ihome.platform.blob;

import java.net.URI;

/** The address that keys are appended to. */
final class PublicUrl {
    /** Where this server serves the keys, below its own address. */
    static final String MEDIA_PATH = "/media/";

    private final String prefix;

    private PublicUrl(String prefix) {
        this.prefix = prefix;
    }

    /** Keys directly below the address, with or without a slash at its end; only http and https. */
    static PublicUrl of(URI address) {
        return new PublicUrl(base(address) + "/");
    }

    /** Keys as this server serves them. */
    static PublicUrl ofSite(URI site) {
        return new PublicUrl(base(site) + MEDIA_PATH);
    }

    String of(String key) {
        return prefix + BlobKey.require(key);
    }

    private static String base(URI address) {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("public URL must be http or https: " + address);
        }
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}

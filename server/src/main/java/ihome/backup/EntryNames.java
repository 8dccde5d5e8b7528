package ihome.backup;

import ihome.photo.PictureKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that entries of a backup have. A file with any other, or with one twice, is not what {@link Backup} writes. */
final class EntryNames {
    private static final Pattern TABLE = Pattern.compile("tables/[a-z][a-z0-9_]{0,62}-[0-9]{4,9}\\.copy");
    /** No folders, and none that is hidden. */
    private static final Pattern KEY = Pattern.compile("keys/[a-z0-9][a-z0-9_-]{0,60}\\.key");

    private EntryNames() {}

    /** Fails with {@link BackupUnusable}. */
    static void check(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!isKnown(name)) {
                throw new BackupUnusable("the backup has an entry that no backup has: " + shown(name));
            }
            if (!seen.add(name)) {
                throw new BackupUnusable("the backup has two entries of the name " + name);
            }
        }
    }

    static boolean isKnown(String name) {
        return name.equals(Manifest.ENTRY)
                || TABLE.matcher(name).matches()
                || KEY.matcher(name).matches()
                || (name.startsWith(Backup.PICTURES) && PictureKey.isFile(name.substring(Backup.PICTURES.length())));
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(80, name.length())).replaceAll("\\p{Cntrl}", "?");
    }
}

package ihome.backup;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old scheduled backups once there are more than are to be kept, but none that holds what no newer one does: a media
 * disk that is not mounted, or a new database beside an old folder, must not rotate the last good backup away.
 *
 * <p>A backup is replaced by another that lacks no more pictures and has at least half as many rows. One that is replaced by
 * none of those that stay, stays too; of several such, the one that lacks the fewest pictures, of these the newest. So at most
 * some ten are kept beyond the number, each with twice the rows of the next. What cannot be read, because it is damaged or
 * encrypted with another key, is never deleted: nobody knows what would be lost.
 */
final class BackupRetention {
    private static final Logger log = LoggerFactory.getLogger(BackupRetention.class);

    /**
     * What a backup holds.
     *
     * @param missingPictures that its rows name and it does not hold
     * @param rows of all tables
     */
    record Contents(int missingPictures, long rows) {
        boolean replaces(Contents other) {
            return missingPictures <= other.missingPictures && rows >= other.rows - other.rows / 2;
        }
    }

    private record Known(Path file, Contents contents) {}

    private final BackupFolder folder;
    private final int keep;
    private final Optional<Secret> key;
    /** Of files that were read or made: a finished backup does not change, and deriving its key takes a while. */
    private final Map<Path, Contents> known = new HashMap<>();

    BackupRetention(BackupFolder folder, int keep, Optional<Secret> key) {
        this.folder = folder;
        this.keep = keep;
        this.key = key;
    }

    /**
     * To be called after each backup, by one thread at a time.
     *
     * @param made the one that was just made: it stays
     * @return what was deleted; the log tells what could not be, and what was kept beyond the number
     */
    List<Path> apply(Path made, Contents contents, Instant now) throws IOException {
        List<Path> others = folder.others(made, now);
        known.keySet().retainAll(others);
        known.put(made, contents);
        warnWhereThePreviousHeldMore(made, contents, others);
        int staying = Math.min(keep - 1, others.size());
        List<Path> deleted = new ArrayList<>();
        for (Path file : replaced(contents, others.subList(0, staying), others.subList(staying, others.size()))) {
            try {
                Files.deleteIfExists(file);
                known.remove(file);
                deleted.add(file);
            } catch (IOException e) {
                log.error("backup {} is old and could not be deleted: {}", file, e.toString());
            }
        }
        return deleted;
    }

    private void warnWhereThePreviousHeldMore(Path made, Contents contents, List<Path> others) {
        if (others.isEmpty()) {
            return;
        }
        contents(others.getFirst())
                .filter(previous -> !contents.replaces(previous))
                .ifPresent(previous -> log.warn(
                        "backup {} holds less than the one before it, {}: {} rows after {}, {} missing pictures after {}."
                                + " Is this the right database, and are the pictures where --data says?",
                        made,
                        others.getFirst().getFileName(),
                        contents.rows(),
                        previous.rows(),
                        contents.missingPictures(),
                        previous.missingPictures()));
    }

    /** Those of the surplus that may go. */
    private List<Path> replaced(Contents made, List<Path> staying, List<Path> surplus) {
        List<Known> readable = new ArrayList<>();
        for (Path file : surplus) {
            contents(file)
                    .ifPresentOrElse(
                            contents -> readable.add(new Known(file, contents)),
                            () -> log.warn(
                                    "backup {} is older than the newest {} and is kept, because it cannot be read with"
                                            + " this key: delete it yourself when it is no longer needed",
                                    file,
                                    keep));
        }
        // Stable: among those that lack as many, the newest stays the first.
        readable.sort(Comparator.comparingInt(each -> each.contents().missingPictures()));
        List<Contents> kept = new ArrayList<>(List.of(made));
        List<Path> replaced = new ArrayList<>();
        for (Known old : readable) {
            if (kept.stream().anyMatch(each -> each.replaces(old.contents())) || isReplaced(old, staying)) {
                replaced.add(old.file());
                continue;
            }
            kept.add(old.contents());
            log.warn(
                    "backup {} is older than the newest {} and is kept: it holds {} rows and lacks {} pictures, and no newer"
                            + " one holds as much",
                    old.file(),
                    keep,
                    old.contents().rows(),
                    old.contents().missingPictures());
        }
        return replaced;
    }

    private boolean isReplaced(Known old, List<Path> staying) {
        return staying.stream()
                .anyMatch(file -> contents(file)
                        .filter(each -> each.replaces(old.contents()))
                        .isPresent());
    }

    /** Empty for what cannot be read. */
    private Optional<Contents> contents(Path file) {
        Contents before = known.get(file);
        if (before != null) {
            return Optional.of(before);
        }
        // Without the key: one from before there was a key.
        Optional<Contents> read =
                read(file, key).or(() -> key.isPresent() ? read(file, Optional.empty()) : Optional.empty());
        read.ifPresent(contents -> known.put(file, contents));
        return read;
    }

    private static Optional<Contents> read(Path file, Optional<Secret> key) {
        try (BackupReader reader = new BackupReader(file, key)) {
            Manifest manifest = reader.manifest();
            return Optional.of(new Contents(manifest.missingPictures(), manifest.rows()));
        } catch (IOException | BackupUnusable e) {
            log.debug("backup {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}

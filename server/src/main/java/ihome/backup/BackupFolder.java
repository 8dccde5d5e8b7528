package ihome.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of scheduled backups: {@code ihome-scheduled-20261130T031500Z.backup}, the time being that of the snapshot. What
 * has such a name was read again and found whole before it got it. Everything else in the folder is left alone.
 */
public final class BackupFolder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("ihome-scheduled-(\\d{8}T\\d{6}Z)\\.backup");
    /** A time further ahead is of a clock that was wrong. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Path folder;

    public BackupFolder(Path folder) {
        this.folder = folder;
    }

    /** A scheduled backup. */
    public record Kept(Path file, Instant at) {}

    /** Makes it, closed to other users, where it is not there. */
    void create() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    Path fileOf(Instant at) {
        return folder.resolve("ihome-scheduled-" + TIME.format(at) + ".backup");
    }

    /**
     * Those that are there, the newest first. One of a time that is not there yet was made while the clock was wrong: it
     * counts as the oldest, or it would stand for the newest until then.
     */
    public List<Kept> kept(Instant now) throws IOException {
        List<Kept> all = new ArrayList<>();
        for (Path file : files()) {
            Matcher matcher = NAME.matcher(file.getFileName().toString());
            if (matcher.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                time(matcher.group(1)).ifPresent(at -> all.add(new Kept(file, at)));
            }
        }
        all.sort(Comparator.comparing((Kept kept) -> isPast(kept, now))
                .thenComparing(Kept::at)
                .reversed());
        return List.copyOf(all);
    }

    /** The newest that was made before now. */
    public Optional<Kept> newest(Instant now) throws IOException {
        return kept(now).stream().findFirst().filter(kept -> isPast(kept, now));
    }

    private static boolean isPast(Kept kept, Instant now) {
        return !kept.at().isAfter(now.plus(SKEW));
    }

    /** The scheduled backups beside {@code made}, the newest first. */
    List<Path> others(Path made, Instant now) throws IOException {
        return kept(now).stream()
                .map(Kept::file)
                .filter(file -> !file.equals(made))
                .toList();
    }

    /** Deletes what a process that ended in the midst of a scheduled backup has left. To be called by who makes them. */
    void deleteUnfinished() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(BackupWriter.UNFINISHED)
                    && NAME.matcher(name.substring(0, name.length() - BackupWriter.UNFINISHED.length()))
                            .matches()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(TIME.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

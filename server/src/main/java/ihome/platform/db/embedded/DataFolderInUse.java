package ihome.platform.db.embedded;

import java.nio.file.Path;

/** Another process serves this data folder. */
public final class DataFolderInUse extends DatabaseNotStarted {
    private final long pid;

    DataFolderInUse(Path folder, long pid) {
        super("the data folder " + folder + " is in use by "
                + (pid > 0 ? "process " + pid : "another process")
                + ": stop that process, or choose another folder with --data");
        this.pid = pid;
    }

    /** The process that uses the folder; 0 where it could not be told. */
    public long pid() {
        return pid;
    }
}

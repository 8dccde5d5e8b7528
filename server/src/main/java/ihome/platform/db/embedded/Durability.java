package ihome.platform.db.embedded;

import java.util.List;

/** What a crash of the machine may cost. */
enum Durability {
    /** Nothing that was acknowledged. Forced on the command line, whatever the configuration file says. */
    FULL("on"),
    /** Everything: for databases of tests only. */
    NONE("off");

    private final String setting;

    Durability(String setting) {
        this.setting = setting;
    }

    List<String> settings() {
        return List.of("fsync=" + setting, "synchronous_commit=" + setting, "full_page_writes=" + setting);
    }
}

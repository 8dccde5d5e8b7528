package ihome;

import ihome.platform.build.BuildInfo;
import java.io.PrintStream;

/** {@code ./ihome --version}: the version, the commit it was built from, and the Java and PostgreSQL it runs with. */
final class VersionCommand {
    private VersionCommand() {}

    static void run(PrintStream out) {
        BuildInfo build = BuildInfo.current();
        out.println("ihome " + build.version());
        out.println("commit      " + build.commit());
        out.println("Java        " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        out.println("PostgreSQL  " + build.postgresql() + " (built in)");
        out.flush();
    }
}

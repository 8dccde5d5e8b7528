package ihome.cli;

import ihome.platform.build.BuildInfo;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code ./ihome --version}: the version, the commit it was built from, and the Java and PostgreSQL it runs with. */
@Command(
        name = "version",
        header = "prints the version, the commit, and the Java and PostgreSQL it runs with",
        description = """
        Prints four lines: the version of iHome; the commit that it was built from, with -modified when files differed from
        it; the version of Java; and the version of the PostgreSQL that comes along.
        """,
        exitCodeList = {"0:printed"})
public final class VersionCommand implements Runnable {
    private final Invocation call;

    VersionCommand(Invocation call) {
        this.call = call;
    }

    @Override
    public void run() {
        print(call.out());
    }

    public static void print(PrintStream out) {
        BuildInfo build = BuildInfo.current();
        out.println("ihome " + build.version());
        out.println("commit      " + build.commit());
        out.println("Java        " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        out.println("PostgreSQL  " + build.postgresql() + " (built in)");
        out.flush();
    }
}

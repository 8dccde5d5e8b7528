package ihome.cli;

import java.io.Console;

/** Whether a person is looking on. */
final class Terminal {
    private Terminal() {}

    // Since JDK 25 the console is the java.base one again, and null without a terminal (JDK-8351435).
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}

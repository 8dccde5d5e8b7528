package ihome.cli;

import ihome.AppConfig;
import ihome.platform.outbox.OutboxStatus;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code ./ihome sms status}: what became of the text messages of the last seven days, without whom and what. */
@Command(
        name = "sms",
        header = "tells what became of the text messages",
        description = """
        Prints the provider, how many messages of the last seven days are in which state, and the newest failures
        with the provider's code. Mobiles and codes are never shown. States: waiting, sending, sent, refused (by the
        provider), unknown (no answer: not repeated, as it may have arrived), expired (not sent within five minutes).
        """,
        footer = """
        Environment: the database and IHOME_SMS: see ./ihome run --help
        """,
        exitCodeList = {"0:shown"})
final class SmsCommand extends DatabaseCommand {
    private static final List<String> STATES = List.of("waiting", "sending", "sent", "refused", "unknown", "expired");

    SmsCommand(Invocation call) {
        super(call);
    }

    @Command(name = "status")
    void status() {
        AppConfig config = config();
        onSite(
                config,
                (database, time) ->
                        out().print(text(provider(config.sms()), OutboxStatus.of(database.get(), "sms"), time)));
    }

    private static String provider(SmsConfig config) {
        return config instanceof SmsConfig.Provider provider ? provider.name() : "outbox-file";
    }

    static String text(String provider, OutboxStatus status, SiteTime time) {
        StringBuilder text = new StringBuilder("provider  ").append(provider).append('\n');
        for (String state : STATES) {
            text.append(String.format(
                    Locale.ROOT, "%-8s  %d%n", state, status.counts().getOrDefault(state, 0)));
        }
        for (OutboxStatus.Failure failure : status.errors()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s  message %d  %s after %d attempts: %s%n",
                    time.format(failure.at()),
                    failure.message(),
                    failure.state(),
                    failure.attempts(),
                    failure.error()));
        }
        return text.toString();
    }
}

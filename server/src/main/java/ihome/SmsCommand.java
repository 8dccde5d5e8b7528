package ihome;

import ihome.platform.config.Settings;
import ihome.platform.outbox.OutboxStatus;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.SiteTime;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./ihome sms status}: what became of the text messages of the last seven days, without whom and what. */
final class SmsCommand {
    private static final List<String> STATES = List.of("waiting", "sending", "sent", "refused", "unknown", "expired");

    private SmsCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String what = settings.operand("what to do: status");
        if (!what.isEmpty() && !what.equals("status")) {
            settings.mistake("does not know " + what + ": only status");
        }
        settings.check();
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            SiteTime time = new SiteTime(Clock.systemUTC(), database.zone(config));
            System.out.print(text(provider(config.sms()), OutboxStatus.of(database.get(), "sms"), time));
        }
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

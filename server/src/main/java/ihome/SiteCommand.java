package ihome;

import ihome.platform.change.ChangeLog;
import ihome.platform.config.Settings;
import ihome.siteconfig.ApplySite;
import ihome.siteconfig.SiteFile;
import ihome.siteconfig.SiteFileReader;
import ihome.siteconfig.SiteFileUnusable;
import ihome.siteconfig.SiteFileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ./ihome site apply|check FILE} and {@code ./ihome site export}: the cities, areas and facilities of a site. */
final class SiteCommand {
    private SiteCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String task = settings.operand("what to do: apply, check or export");
        if (!List.of("", "apply", "check", "export").contains(task)) {
            settings.mistake("does not know the task " + task + ", only: apply, check, export");
        }
        boolean takesFile = task.equals("apply") || task.equals("check");
        String name = takesFile ? settings.operand(1, "the name of a file such as site.yaml") : "";
        settings.check();
        SiteFile file = takesFile ? read(name) : null;
        if (file != null) {
            config.payment().mistakeOfCurrency(file.settings().currency()).ifPresent(mistake -> {
                throw new CommandFailed("cannot apply " + name + ":\n  " + mistake);
            });
        }
        try (CommandDatabase opened =
                task.equals("apply") ? CommandDatabase.migrated(config) : CommandDatabase.asItIs(config)) {
            ApplySite site = new ApplySite(opened.get(), new ChangeLog(opened.get()));
            if (file == null) {
                out.print(SiteFileWriter.text(site.current()));
            } else if (task.equals("apply")) {
                out.println("applied " + name + ": " + site.run(file));
            } else {
                out.println(name + " can be applied: " + site.check(file));
            }
        } catch (SiteFileUnusable e) {
            throw unusable(name, e);
        }
    }

    private static SiteFile read(String name) {
        Path path = Path.of(name);
        try (InputStream in = Files.newInputStream(path)) {
            return SiteFileReader.read(in.readNBytes(SiteFileReader.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + path);
        } catch (SiteFileUnusable e) {
            throw unusable(name, e);
        }
    }

    private static CommandFailed unusable(String name, SiteFileUnusable e) {
        return new CommandFailed("cannot apply " + name + ":\n  " + String.join("\n  ", e.mistakes()));
    }
}

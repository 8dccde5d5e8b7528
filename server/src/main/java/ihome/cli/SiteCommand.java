package ihome.cli;

import ihome.AppConfig;
import ihome.CommandFailed;
import ihome.platform.change.ChangeLog;
import ihome.siteconfig.ApplySite;
import ihome.siteconfig.SiteFile;
import ihome.siteconfig.SiteFileReader;
import ihome.siteconfig.SiteFileUnusable;
import ihome.siteconfig.SiteFileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./ihome site apply|check FILE} and {@code ./ihome site export}: the cities, areas and facilities of a site. */
@Command(
        name = "site",
        header = "what a site is called, its cities and areas, and facilities of its own",
        description = """
        export writes what the site has now. apply makes the site have what FILE says, all or nothing; check says what apply would do
        and changes nothing. Both name every mistake in the file at once, with the field and its line. Works beside running servers,
        which show the change within a fraction of a second.

          name: 爱家                   what is left out of these is as iHome has it
          name_en: iHome
          slogan: 爱家：……             for search engines and the foot of pages; slogan_en likewise
          languages: [zh, en]          of pages; the first one for readers of neither
          currency: ¥                  stands before amounts, which stay whole hundredths; ¥, ￥, 元 or CNY with Alipay
          zone: Asia/Shanghai          a region or UTC; for nodes that start from now on, unless they have another --zone
          fee_percent: 0               likewise, and --fee-percent
          cities:                      the first one is what GET /areas answers for
            - id: 1                    1 to 127
              name: 北京
              name_en: Beijing         the name, where it is left out
              latitude: 39.9087        of the centre of the city's map
              longitude: 116.3975
              areas:
                - {id: 1, name: 东城区, name_en: Dongcheng}
                - {id: 2, name: 西城区, houses: closed}          no new houses there
                - {id: 3, name: 朝阳区, papers: ["房产证"]}      what hosts need there
          facilities:                  ids 24 to 63; 1 to 23 are what existing clients know
            - {id: 24, name: 电动汽车充电桩, name_en: EV charger}

        An area keeps its id for good. One that has houses cannot be left out, nor go to another city. A new name of an area with
        houses makes the servers build their search index anew.
        """,
        exitCodeList = {"0:done", "1:the file cannot be applied: every reason is printed"})
final class SiteCommand extends DatabaseCommand {
    SiteCommand(Invocation call) {
        super(call);
    }

    @Command(name = "export")
    void export() {
        onSite(
                config(),
                (database, _) -> out().print(SiteFileWriter.text(site(database).current())));
    }

    @Command(name = "check")
    void check(@Parameters(paramLabel = "FILE", description = "the name of a file such as site.yaml") Path path) {
        AppConfig config = config();
        SiteFile file = read(path, config);
        onSite(
                config,
                (database, _) -> out().println(path + " can be applied: "
                        + usable(path, () -> site(database).check(file))));
    }

    @Command(name = "apply")
    void apply(@Parameters(paramLabel = "FILE", description = "the name of a file such as site.yaml") Path path) {
        AppConfig config = config();
        SiteFile file = read(path, config);
        try (CommandDatabase database = CommandDatabase.migrated(config)) {
            out().println("applied " + path + ": "
                    + usable(path, () -> site(database).run(file)));
        }
    }

    private static ApplySite site(CommandDatabase database) {
        return new ApplySite(database.get(), new ChangeLog(database.get()));
    }

    private static SiteFile read(Path path, AppConfig config) {
        SiteFile file;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(SiteFileReader.MAX_BYTES + 1);
            file = usable(path, () -> SiteFileReader.read(bytes));
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + path);
        }
        config.payment().mistakeOfCurrency(file.settings().currency()).ifPresent(mistake -> {
            throw new CommandFailed("cannot apply " + path + ":\n  " + mistake);
        });
        return file;
    }

    private static <T> T usable(Path path, Supplier<T> work) {
        try {
            return work.get();
        } catch (SiteFileUnusable e) {
            throw new CommandFailed("cannot apply " + path + ":\n  " + String.join("\n  ", e.mistakes()));
        }
    }
}

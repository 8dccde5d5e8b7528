package ihome.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site's own texts: terms, privacy, help and imprint. An operator replaces one by a file {@code NAME.zh.md} or
 * {@code NAME.en.md} in the folder {@code site} of the data folder, read anew for every request; without it the text that
 * comes with iHome is shown. Of Markdown there are headings, lists and paragraphs; everything else is shown as it stands.
 */
final class SitePages {
    /** What a file may hold, in bytes; a longer one is not read. */
    static final long MOST = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SitePages.class);

    private final Path folder;

    /** A paragraph of a text: {@code h1}, {@code h2}, {@code li} or {@code p}. */
    record Block(String kind, String text) {}

    /** @param data the data folder */
    SitePages(Path data) {
        this.folder = data.resolve("site");
    }

    /** @param name one of the texts that come with iHome, such as {@code terms} */
    List<Block> read(String name, Language language) {
        String file = name + "." + language.code() + ".md";
        return blocks(own(folder.resolve(file), file));
    }

    private static String own(Path path, String file) {
        try {
            if (Files.isRegularFile(path)) {
                if (Files.size(path) <= MOST) {
                    return Files.readString(path, StandardCharsets.UTF_8);
                }
                log.warn("{} is not shown: it has more than {} bytes", path, MOST);
            }
        } catch (IOException e) {
            log.warn("{} cannot be read as UTF-8: {}", path, e.getClass().getSimpleName());
        }
        return shipped(file);
    }

    private static String shipped(String file) {
        try (InputStream in = SitePages.class.getResourceAsStream("/site/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no text " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : (text + "\n\n").lines().map(String::strip).toList()) {
            String kind =
                    line.startsWith("# ") ? "h1" : line.startsWith("## ") ? "h2" : line.startsWith("- ") ? "li" : "p";
            if ((line.isEmpty() || !kind.equals("p")) && !paragraph.isEmpty()) {
                blocks.add(new Block("p", paragraph.toString()));
                paragraph.setLength(0);
            }
            if (line.isEmpty()) {
                continue;
            }
            if (kind.equals("p")) {
                paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line);
            } else {
                blocks.add(new Block(kind, line.substring(line.indexOf(' ') + 1).strip()));
            }
        }
        return List.copyOf(blocks);
    }
}

package ihome.platform.config;

import ihome.platform.config.Option.Kind;
import ihome.platform.config.Option.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said of a command's options once all of them are declared.
 *
 * @param options those of the command, by name
 * @param ofOthers those of other commands, which the environment and the configuration file may hold as well
 */
record SettingsCheck(
        CommandLine line, ConfigFile file, Sources sources, Map<String, Option> options, List<Option> ofOthers) {
    /** What is odd but no mistake: variables that nobody knows, secrets that others can see. */
    List<String> warnings() {
        List<Option> all = new ArrayList<>(options.values());
        all.addAll(ofOthers);
        List<String> warnings = new ArrayList<>(sources.strangers(all));
        for (Option option : options.values()) {
            if (option.kind() == Kind.SECRET && option.source() == Source.COMMAND_LINE) {
                warnings.add("every user of this machine can see --" + option.name() + "; better set "
                        + option.variable() + " or " + option.fileVariable());
            }
        }
        if (file.isReadableByAll()
                && options.values().stream()
                        .anyMatch(option -> option.kind() == Kind.SECRET && option.source() == Source.CONFIG_FILE)) {
            warnings.add("every user of this machine can read the secrets in " + file.name()
                    + "; take the right away (chmod o-r), or name files that hold them");
        }
        return warnings;
    }

    /** Options that are not known, and arguments that are none. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        for (String name : line.options().keySet()) {
            Option option = Sources.known(name, options);
            if (option == null) {
                mistakes.add("does not know --" + name + Spelling.hint(name, options.keySet()));
            } else if (option.kind() == Kind.LAUNCHER) {
                mistakes.add("takes " + option.variable() + " from the environment only");
            }
        }
        if (!file.entries().isEmpty()) {
            Map<String, Option> known = new LinkedHashMap<>(options);
            ofOthers.forEach(option -> known.putIfAbsent(option.name(), option));
            mistakes.addAll(file.unusable(known));
        }
        for (String extra : line.operands()) {
            mistakes.add("does not take the argument " + extra);
        }
        return mistakes;
    }
}

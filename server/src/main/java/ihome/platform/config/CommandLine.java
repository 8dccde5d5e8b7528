package ihome.platform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line, taken apart but not yet understood.
 *
 * @param options values by name, without dashes
 * @param operands arguments that are no options
 * @param mistakes options that lack their value
 */
record CommandLine(Map<String, String> options, List<String> operands, List<String> mistakes) {
    static CommandLine parse(List<String> arguments, Set<String> flags) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> operands = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                operands.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (equals >= 0) {
                options.put(name, argument.substring(equals + 1));
            } else if (flags.contains(name)) {
                options.put(name, "true");
            } else if (i + 1 < arguments.size() && isValue(arguments.get(i + 1))) {
                options.put(name, arguments.get(++i));
            } else {
                mistakes.add("--" + name + " needs a value");
            }
        }
        return new CommandLine(options, operands, mistakes);
    }

    /** What begins with two dashes is the next option, unless it is a key in PEM ({@code -----BEGIN PUBLIC KEY-----}). */
    private static boolean isValue(String argument) {
        return !argument.startsWith("--") || argument.startsWith("-----BEGIN ");
    }
}

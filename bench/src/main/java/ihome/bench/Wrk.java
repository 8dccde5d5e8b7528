package ihome.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One round of wrk, with one thread: it shares the machine with the server it loads. */
record Wrk(double perSecond, double medianMillis, double p99Millis) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS = Pattern.compile("Non-2xx|Socket errors.*");

    static Wrk plain(String url, int connections, double seconds) {
        return run(Map.of(), List.of(), url, connections, seconds);
    }

    /** With a script of {@code bench/}, which reads {@code environment}. */
    static Wrk script(String script, Map<String, String> environment, String url, int connections, double seconds) {
        return run(environment, List.of("-s", script), url, connections, seconds);
    }

    private static Wrk run(
            Map<String, String> environment, List<String> options, String url, int connections, double seconds) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Tool.path("wrk"), "-t1", "-c" + connections, "-d" + Math.max(1, Math.round(seconds)) + "s", "--latency"));
        command.addAll(options);
        command.add(url);
        String output = Tool.output(new HashMap<>(environment), command.toArray(String[]::new));
        if (ERRORS.matcher(output).find()) {
            throw new IllegalStateException("not every answer of " + url + " was good:\n" + output);
        }
        return new Wrk(number(RATE, output), percentile("50%", output), percentile("99%", output));
    }

    private static double percentile(String name, String output) {
        Matcher matcher = Pattern.compile(name + "\\s+([0-9.]+)(us|ms|s|m)").matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }

    private static double number(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}

package ihome.photo;

import ihome.site.AbuseCost;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server with a small heap, a process of its own, needs for photos of 12 megapixels that are uploaded all at once. To be
 * run by hand: how many, and the heap in megabytes.
 */
final class UploadFloodCost {
    private UploadFloodCost() {}

    public static void main(String[] args) throws Exception {
        int uploads = args.length == 0 ? 1_000 : Integer.parseInt(args[0]);
        String heap = args.length < 2 ? "256" : args[1];
        Path folder = Files.createTempDirectory("ihome-uploads-");
        int port = FreePorts.next();
        try (NodeProcess server = NodeProcess.start(
                AbuseCost.environment(folder, port),
                folder.resolve("log"),
                "-Xmx" + heap + "m",
                "-XX:TieredStopAtLevel=4")) {
            URI uri = URI.create("http://127.0.0.1:" + port);
            List<ApiClient> hosts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ApiClient host = new ApiClient(uri);
                AbuseCost.register(folder, host);
                hosts.add(host);
            }
            List<Long> houses = new ArrayList<>();
            for (int i = 0; i < (uploads + 29) / 30 * 4; i++) {
                houses.add(SampleHouse.house().publish(hosts.get(i % 4)));
            }
            System.out.printf("%s MB of heap, resident before: %s%n", heap, resident(server));
            byte[] form = PictureFloodTest.form(SamplePicture.jpeg(4_000, 3_000));
            long start = System.nanoTime();
            List<Reply> replies = AtOnce.run(uploads, i -> {
                int house = i % houses.size();
                return new ApiClient(uri)
                        .waitingUpTo(Duration.ofMinutes(5))
                        .from("203.0.113." + house % 4)
                        .session(hosts.get(house % 4).session())
                        .send(
                                "POST",
                                "/houses/" + houses.get(house) + "/images",
                                "multipart/form-data; boundary=x",
                                BodyPublishers.ofByteArray(form));
            });
            System.out.printf(
                    Locale.ROOT,
                    "%d uploads at once: %d taken, %d told to come back, %d otherwise, %.1f s, resident at most: %s%n",
                    uploads,
                    replies.stream()
                            .filter(reply ->
                                    reply.status() == 200 && reply.errno().equals("0"))
                            .count(),
                    replies.stream().filter(reply -> reply.status() == 503).count(),
                    replies.stream()
                            .filter(reply ->
                                    reply.status() != 503 && !reply.errno().equals("0"))
                            .count(),
                    (System.nanoTime() - start) / 1e9,
                    resident(server));
            hosts.getFirst()
                    .upload("/user/avatar", "avatar", SamplePicture.jpeg())
                    .expect("0");
            new ApiClient(uri).get("//health/ready").expectStatus(200);
            System.out.println("the next upload is taken, and the server is ready");
        }
        System.exit(0);
    }

    private static String resident(NodeProcess server) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElseThrow();
    }
}

package ihome.operation;

import ihome.apidocs.ApiDocs;
import ihome.photo.MediaFile;
import ihome.photo.MediaFiles;
import ihome.platform.blob.StoredBlob;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.StoredBody;
import ihome.platform.problem.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stored pictures under {@code /media/}, the API document, and the page that shows it. */
final class FileRoutes {
    private final MediaFiles media;

    FileRoutes(MediaFiles media) {
        this.media = media;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/media/{+key}", Access.OPEN, this::picture));
        for (String path : ApiDocs.paths()) {
            routes.add(Route.get(path, Access.OPEN, request -> document(path, request)));
        }
        return routes;
    }

    private Response picture(Request request) {
        Optional<String> elsewhere = media.elsewhere(request.path("key"));
        if (elsewhere.isPresent()) {
            return Response.of(302, "image/jpeg", new byte[0])
                    .with("Location", elsewhere.get())
                    .with("Cross-Origin-Resource-Policy", "cross-origin");
        }
        MediaFile file = media.find(request.path("key")).orElse(null);
        if (file == null) {
            return Response.failure(404, Errno.NODATA, "图片不存在");
        }
        boolean cached = request.header("If-None-Match").filter(file::matches).isPresent();
        StoredBlob blob = file.blob();
        Response answer = cached
                ? Response.of(304, "image/jpeg", new byte[0])
                : Response.stored(
                        "image/jpeg",
                        new StoredBody(0, blob.length(), blob.inMemory(), blob.source()::open, blob.file()));
        for (Map.Entry<String, String> header : file.headers().entrySet()) {
            if (!header.getKey().equals("Content-Type")) {
                answer = answer.with(header.getKey(), header.getValue());
            }
        }
        return answer;
    }

    private static Response document(String path, Request request) {
        ApiDocs.Resource resource = ApiDocs.find(path).orElseThrow();
        boolean cached =
                request.header("If-None-Match").filter(resource.etag()::equals).isPresent();
        Response answer = Response.of(
                        cached ? 304 : 200, resource.contentType(), cached ? new byte[0] : resource.bytes())
                .with("Cache-Control", resource.cacheControl())
                .with("ETag", resource.etag())
                .with("X-Content-Type-Options", "nosniff");
        return path.startsWith("/docs")
                ? answer.with("Content-Security-Policy", ApiDocs.CONTENT_SECURITY_POLICY)
                : answer;
    }
}

package ihome.bench.micro;

import ihome.listing.HouseViews;
import ihome.photo.PictureLibrary;
import ihome.photo.PictureProcessor;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.time.SiteTime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What renders houses, as the server makes it. */
@State(Scope.Benchmark)
public class Views {
    final SiteTime time = new SiteTime(Clock.systemUTC(), ZoneId.of("Asia/Shanghai"));
    final HouseViews views = new HouseViews(
            new PictureLibrary(
                    new PictureProcessor(),
                    BlobStores.open(new MediaConfig.Local(Path.of("blobs")), URI.create("http://localhost"))),
            time);
}

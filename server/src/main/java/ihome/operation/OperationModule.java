package ihome.operation;

import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.photo.MediaFiles;
import ihome.platform.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Health and metrics; stored pictures and the API document. */
public final class OperationModule implements FeatureModule {
    private final OperationRoutes operation;
    private final FileRoutes files;
    private final boolean metricsElsewhere;

    /**
     * Health, metrics and files.
     *
     * @param metricsAge how long figures are used again
     * @param metricsElsewhere whether metrics are answered on the management address only
     */
    public OperationModule(Platform platform, Duration metricsAge, boolean metricsElsewhere, MediaFiles media) {
        this.operation = new OperationRoutes(platform.database(), platform.registry(), metricsAge);
        this.files = new FileRoutes(media);
        this.metricsElsewhere = metricsElsewhere;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(metricsElsewhere ? operation.healthRoutes() : operation.routes(), files.routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Health and metrics, for the management address. */
    public List<Route> managementRoutes() {
        return operation.routes();
    }

    /** From now on the server says that it is not ready, so that balancers look elsewhere. */
    public void stopping() {
        operation.stopping();
    }

    @Override
    public void close() {
        operation.close();
    }
}

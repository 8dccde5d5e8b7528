package ihome.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code ./ihome run}, as the help and the shells know it. {@link ihome.Main} runs it without picocli, which takes time to load. */
@Command(
        name = "run",
        header = "starts the server, with its own PostgreSQL unless told another",
        description = """
        Prints "ready http://localhost:PORT" on standard output once the server answers. SIGTERM and SIGINT (Ctrl-C)
        end it cleanly: requests under way finish, the database stops.

        In a checkout it builds first if sources have changed.

        While the database of IHOME_DATABASE_URL is away it is asked every second: /health/live says 200 meanwhile,
        and everything else 503. One that refuses the account, or has no such database, ends the start.
        """,
        footer = """
        Environment:
          IHOME_DATABASE_URL  a PostgreSQL (15 or newer) of one's own instead of the one under DIR
          IHOME_REDIS_URL     a Redis (6.2 or newer) that several nodes share for sessions, codes, limits and answers:
                              redis://[user:password@]host[:port][/database] (rediss:// for TLS), or
                              redis-sentinel://host,host?master=NAME, or redis-cluster://host,host
          IHOME_CACHE_AREAS, IHOME_CACHE_HOME, IHOME_CACHE_HOUSE, IHOME_CACHE_LISTS
                              how long Redis keeps answers at most (2h; 0s: not at all); changes void them at once
          IHOME_JAVA_OPTS     options for the Java virtual machine, appended to the launcher's
          IHOME_AOT=no        do not use the start-up cache, nor make one

        In a checkout also:
          IHOME_JDK_FOLDERS   folders with JDKs, separated by colons, instead of the usual ones
          IHOME_INSTALL=no    as root on Debian: do not install a missing JDK or Maven with apt-get
          IHOME_WEB=no        build a server without the web app; without it a build that lacks the web app fails
          JAVA_HOME, MAVEN_HOME  the JDK (25 or newer) and Maven (3.8 or newer) to prefer

        Pictures and text messages (each also an option; secrets also as ..._FILE, the name of a file that holds them):
          IHOME_MEDIA=local   pictures in DIR/blobs (default), or in qiniu or s3. IHOME_MEDIA_TIMEOUT=10s
            qiniu  IHOME_QINIU_ACCESS_KEY, _SECRET_KEY, _BUCKET, _DOMAIN, and _REGION (z0, ...) or _UPLOAD_HOST
            s3     IHOME_S3_BUCKET, _ACCESS_KEY, _SECRET_KEY, _REGION, _ENDPOINT, _STYLE (path or host),
                   _PUBLIC_URL (without it this server serves the pictures)
          IHOME_SMS=outbox-file  codes go to DIR/outbox.jsonl (default), or through cloopen or aliyun.
            cloopen  IHOME_CLOOPEN_ACCOUNT_SID, _AUTH_TOKEN, _APP_ID, _TEMPLATE_ID
            aliyun   IHOME_ALIYUN_ACCESS_KEY_ID, _ACCESS_KEY_SECRET, _SMS_SIGN_NAME, _SMS_TEMPLATE_CODE
        """,
        exitCodeList = {"0:stopped cleanly", "7:the port is in use"})
final class RunCommand extends DatabaseCommand {
    RunCommand(Invocation call) {
        super(call);
    }

    @Override
    List<String> mainOptions() {
        return List.of("port", "data", "dev", "config");
    }
}

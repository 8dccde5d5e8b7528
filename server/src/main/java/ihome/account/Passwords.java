package ihome.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import ihome.platform.problem.BusinessException;
import ihome.platform.work.CpuBulkhead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with argon2id (RFC 9106), t=2, m=19 MiB, p=1, as OWASP's password storage cheat sheet has it. One
 * processor is left for others, and as many hashes run at once as there are more of them; who waits longer than 10 s is told
 * to come back.
 */
final class Passwords {
    static final int MIN_LENGTH = 8;
    static final int MAX_LENGTH = 128;
    /**
     * As it is sent, in UTF-16 units, before it is normalised: that takes time that grows with the square of a run of
     * combining marks.
     */
    static final int MAX_RAW_LENGTH = 1_024;

    /** What is said after the field's label. */
    static final String WRONG_LENGTH = "长度应为 " + MIN_LENGTH + " 到 " + MAX_LENGTH + " 个字符";

    private static final Duration WAIT = Duration.ofSeconds(10);

    /** Made when it is first needed: it holds the 19 MiB. */
    private static final class Argon2id {
        static final Argon2Function FUNCTION = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    }

    /**
     * Checked against when a mobile has no account, so that both answers take the same time. Made once with the parameters
     * below: to hash at each start would take a fifth of it.
     */
    static final String NOBODYS_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$lyfw2Vai8oKCRyB1LWfBcQ$23GoxZXBOOJt8LyuPg9wadSFcwp9Dde4lfUNgwNV634";

    private final CpuBulkhead hashing;
    private final Set<String> common = commonPasswords();

    Passwords() {
        this(CpuBulkhead.allProcessorsButOne(), WAIT);
    }

    /** @param atOnce how many hashes may be at work at the same time */
    Passwords(int atOnce, Duration wait) {
        this.hashing = new CpuBulkhead("password hashing", atOnce, wait);
    }

    /** Checks a new password's form (NIST SP 800-63B): length in code points, and not among the most common. */
    String acceptable(String field, String password) {
        String normal = normalize(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw BusinessException.badField(field, WRONG_LENGTH);
        }
        if (common.contains(normal.toLowerCase(Locale.ROOT))) {
            throw BusinessException.badField(field, "过于常见，请换一个");
        }
        return normal;
    }

    String hash(String password) {
        return bounded(() -> Password.hash(normalize(password))
                .addRandomSalt(16)
                .with(Argon2id.FUNCTION)
                .getResult());
    }

    /** Whether the password is the hash's. A null hash is nobody's: false, after the same work. */
    boolean matches(String password, @Nullable String hash) {
        String normal = normalize(password);
        if (normal.length() > 4 * MAX_LENGTH) {
            return false;
        }
        boolean same = bounded(
                () -> Password.check(normal, hash == null ? NOBODYS_HASH : hash).with(Argon2id.FUNCTION));
        return same && hash != null;
    }

    /** Does the work when there is room for it; fails with {@link ihome.platform.problem.Overloaded} when there is none in time. */
    <T> T bounded(Supplier<T> work) {
        return hashing.run(work::get);
    }

    private static String normalize(String password) {
        if (password.length() > MAX_RAW_LENGTH) {
            throw new IllegalArgumentException("a password that was not read here");
        }
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static Set<String> commonPasswords() {
        try (InputStream in = Passwords.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("common-passwords.txt is missing from the program");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("common-passwords.txt cannot be read", e);
        }
    }
}

package ihome.booking;

import ihome.platform.time.SiteTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a claim on a deposit looks on the wire. Money is fen. */
final class DepositClaimViews {
    private DepositClaimViews() {}

    /**
     * @param answerBy null once nobody waits for the guest's answer
     * @param granted null while it is open, as {@code closedBy} and {@code closeTime}
     */
    record ClaimView(
            long claimId,
            long amount,
            String reason,
            String status,
            String ctime,
            @Nullable String answerBy,
            String answer,
            @Nullable Long granted,
            @Nullable String closedBy,
            @Nullable String closeTime,
            String decision) {}

    static ClaimView of(DepositClaim written, SiteTime time) {
        DepositClaim claim = written.asOf(time.now());
        DepositClaim.Close close = claim.close();
        return new ClaimView(
                claim.id(),
                claim.amount().fen(),
                claim.reason(),
                claim.status().name(),
                time.format(claim.createdAt()),
                claim.status() == DepositClaimStatus.WAIT_ANSWER ? time.format(claim.answerBy()) : null,
                claim.answer(),
                close == null ? null : close.granted().fen(),
                close == null ? null : close.by().name().toLowerCase(Locale.ROOT),
                close == null ? null : time.format(close.at()),
                claim.decision());
    }
}

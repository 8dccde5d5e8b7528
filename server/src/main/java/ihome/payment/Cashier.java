package ihome.payment;

import ihome.booking.OrderPayments.Payable;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The built-in cashier: a provider that moves no money and speaks Alipay's protocol. It has books of its own, signs with a
 * key of its own, and the rest of the server believes nothing of it without its signature.
 */
final class Cashier implements PaymentProvider {
    static final String PATH = "/cashier";

    private static final String APP = "ihome-cashier";
    private static final String SELLER = "ihome";
    private static final String PAY = "ihome.cashier.pay";

    private final CashierStore store = new CashierStore();
    private final Database database;
    private final SiteTime time;
    private final String site;
    private final CashierKey key;
    private @Nullable Keys keys;

    private record Keys(PrivateKey own, PublicKey known, NotificationCheck check) {}

    /** @param site the public address, without a slash at its end */
    Cashier(CashierKey key, String site, Database database, SiteTime time) {
        this.key = key;
        this.site = site;
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "cashier";
    }

    /** The page's address holds all that it shows, signed: the cashier keeps nothing until somebody decides. */
    @Override
    public String payUrl(Trade trade, Payable payable, boolean phone) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("app_id", APP);
        fields.put("method", PAY);
        fields.put("out_trade_no", trade.trade());
        fields.put("total_amount", Alipay.yuan(trade.amount()));
        fields.put("subject", Alipay.subject(payable));
        fields.put("start_date", payable.stay().start().toString());
        fields.put("end_date", payable.stay().end().toString());
        fields.put("nights", Integer.toString(payable.stay().nights()));
        fields.put("time_expire", time.format(trade.expiresAt()));
        return site + PATH + "?" + SignedFields.encode(SignedFields.request(fields, keys().own()));
    }

    /** What the signed fields of a page's address ask to be paid. */
    CashierBill bill(Map<String, String> fields) throws InvalidSignatureException {
        SignedFields.checkRequest(fields, keys().known());
        if (!PAY.equals(fields.get("method"))) {
            throw new InvalidSignatureException("not an address of the cashier");
        }
        return CashierBill.of(fields);
    }

    /** How far the trade of a bill is; empty as long as nobody has decided. */
    Optional<CashierStore.Entry> entry(CashierBill bill) {
        return database.withConnection(tx -> store.find(tx, bill.trade()));
    }

    /** Pays or declines; the first decision stands. Empty when it is too late for one. */
    Optional<CashierStore.Entry> decide(CashierBill bill, boolean pay) {
        boolean late = time.format(time.now()).compareTo(bill.expires()) >= 0;
        return database.inTransaction(tx -> {
            if (!late) {
                store.enter(tx, bill.trade(), newNumber(), bill.amount(), status(pay), time.now());
            }
            return store.find(tx, bill.trade());
        });
    }

    private static String status(boolean paid) {
        return paid ? "TRADE_SUCCESS" : "TRADE_CLOSED";
    }

    private static String newNumber() {
        return "C" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The signed notification of a decision. */
    Map<String, String> notification(String trade, CashierStore.Entry entry) {
        Map<String, String> fields = common(trade, entry);
        fields.put("notify_id", UUID.randomUUID().toString().replace("-", ""));
        fields.put("notify_time", time.format(time.now()));
        fields.put("notify_type", "trade_status_sync");
        fields.put("trade_status", entry.status());
        return SignedFields.notification(fields, keys().own());
    }

    /** The signed fields that the guest's browser takes back. */
    Map<String, String> returning(String trade, CashierStore.Entry entry) {
        Map<String, String> fields = common(trade, entry);
        fields.put("method", PAY + ".return");
        fields.put("timestamp", time.format(time.now()));
        return SignedFields.notification(fields, keys().own());
    }

    private static Map<String, String> common(String trade, CashierStore.Entry entry) {
        return new TreeMap<>(Map.of(
                "app_id",
                APP,
                "charset",
                "utf-8",
                "out_trade_no",
                trade,
                "seller_id",
                SELLER,
                "total_amount",
                Alipay.yuan(entry.amount()),
                "trade_no",
                entry.number(),
                "version",
                "1.0"));
    }

    @Override
    public PaymentNotification query(Trade trade) {
        return database.withConnection(tx -> store.find(tx, trade.trade()))
                .map(entry -> new PaymentNotification(
                        trade.trade(),
                        entry.number(),
                        entry.amount(),
                        entry.status().equals(status(true))
                                ? PaymentNotification.State.PAID
                                : PaymentNotification.State.CLOSED))
                .orElseGet(() -> PaymentNotification.unknown(trade.trade()));
    }

    @Override
    public boolean close(Trade trade) throws ProviderFailure {
        String now = database.inTransaction(tx -> {
            store.enter(tx, trade.trade(), newNumber(), trade.amount(), status(false), time.now());
            return store.find(tx, trade.trade()).orElseThrow().status();
        });
        if (now.equals(status(true))) {
            throw new ProviderFailure("the cashier has the money already");
        }
        return true;
    }

    @Override
    public Money refund(Trade trade, String request, Money amount) throws ProviderFailure {
        if (!database.inTransaction(tx -> store.refund(tx, trade.trade(), request, amount, time.now()))) {
            throw new ProviderFailure("the cashier has not so much money of that trade");
        }
        // It has no console: nothing goes back but what is asked for here.
        return Money.ZERO;
    }

    @Override
    public PaymentNotification notified(Map<String, String> fields) throws InvalidSignatureException {
        return keys().check().notified(fields);
    }

    @Override
    public String returned(Map<String, String> fields) throws InvalidSignatureException {
        return keys().check().returned(fields);
    }

    @Override
    public void close() {}

    private synchronized Keys keys() {
        if (keys == null) {
            PrivateKey own = key.get();
            PublicKey known = RsaKeys.publicHalf(own);
            keys = new Keys(own, known, new NotificationCheck(known, APP, SELLER));
        }
        return keys;
    }
}

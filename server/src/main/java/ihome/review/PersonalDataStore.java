package ihome.review;

import ihome.module.Erasure;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in reviews of both sides and in reports of them. */
final class PersonalDataStore implements PersonalData {
    private static final String COMMENTS = """
            select order_id, house_id, comment, stars, score_clean, score_accurate, score_check_in, score_host,
                   score_place, score_value, created_at as create_time, shown_at as show_time, hidden_at as hide_time
            from review where guest_id = :account order by created_at desc limit :most
            """;

    private static final String REPLIES = """
            select r.order_id, r.house_id, r.reply, r.replied_at as create_time
            from review r join house h on h.id = r.house_id
            where h.owner_id = :account and r.reply is not null order by r.replied_at desc limit :most
            """;

    private static final String GUEST_REVIEWS = """
            select order_id, case when host_id = :account then 'landlord' else 'custom' end as role, stars, text,
                   created_at as create_time
            from guest_review g
            where host_id = :account or guest_id = :account and %s
            order by created_at desc, order_id desc limit :most
            """.formatted(GuestReviewStore.IS_SHOWN);

    private static final String REPORTS = """
            select order_id, reason, text, decision, created_at as create_time, decided_at as decide_time
            from review_report where reporter = :account order by id desc limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(
                new ExportedList("comments", COMMENTS),
                new ExportedList("replies", REPLIES),
                new ExportedList("guest_reviews", GUEST_REVIEWS),
                new ExportedList("reports", REPORTS));
    }

    /**
     * What hosts said of a guest tells of that guest; of an erased host the words go. A guest's comments stay, as the houses'.
     * The words of reports go with either side, and the operator's with them: they tell of both.
     */
    @Override
    public void erase(Handle tx, Erasure erasure) {
        tx.createUpdate("""
                        update review_report p set text = '', note = ''
                        where (p.text <> '' or p.note <> '')
                          and (p.reporter = :account
                               or exists (select from review r where r.order_id = p.order_id and r.guest_id = :account)
                               or exists (select from guest_review g
                                          where g.order_id = p.order_id and :account in (g.guest_id, g.host_id)))
                        """).bind("account", erasure.account()).execute();
        tx.createUpdate("delete from guest_review where guest_id = :account")
                .bind("account", erasure.account())
                .execute();
        tx.createUpdate("update guest_review set text = '' where host_id = :account")
                .bind("account", erasure.account())
                .execute();
    }
}

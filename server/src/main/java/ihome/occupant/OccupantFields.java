package ihome.occupant;

import ihome.account.IdCard;
import ihome.platform.http.RequestFields;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who stays, as a request says it. Fails with PARAMERR naming the field: {@code occupants[0].id_number}. */
final class OccupantFields {
    /** More than any house has room for, infants included. */
    static final int MOST = 300;

    /** Letters of any script, and what stands between the parts of names: no register takes anything else for a name. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{M} .·'’-]*");

    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{5,20}");
    private static final Pattern MOBILE = Pattern.compile("[+]?[0-9]{5,20}");
    private static final int LONGEST_NAME = 64;

    private OccupantFields() {}

    static List<Occupant> of(RequestFields fields, LocalDate today) {
        List<Occupant> occupants = new ArrayList<>();
        for (RequestFields each : fields.objects("occupants", MOST)) {
            occupants.add(occupant(each, today));
        }
        return occupants;
    }

    private static Occupant occupant(RequestFields fields, LocalDate today) {
        String name = fields.line("name", 1, LONGEST_NAME);
        if (!NAME.matcher(name).matches()) {
            throw fields.wrong("name", "应为证件上的姓名");
        }
        IdType type = IdType.of(fields.text("id_type", 1, 32)).orElseThrow(() -> fields.wrong("id_type", "不在可选范围内"));
        return new Occupant(name, type, number(fields, type, today), mobile(fields));
    }

    private static String number(RequestFields fields, IdType type, LocalDate today) {
        String number = fields.text("id_number", 1, 32).toUpperCase(Locale.ROOT);
        boolean valid = type == IdType.ID_CARD
                ? IdCard.read(number, today).isPresent()
                : NUMBER.matcher(number).matches();
        if (!valid) {
            throw fields.wrong("id_number", "与证件类型不符");
        }
        return number;
    }

    private static @Nullable String mobile(RequestFields fields) {
        String mobile = fields.optionalText("mobile", 32).orElse(null);
        if (mobile != null && !MOBILE.matcher(mobile).matches()) {
            throw fields.wrong("mobile", "应为 5 到 20 位数字");
        }
        return mobile;
    }
}

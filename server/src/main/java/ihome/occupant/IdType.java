package ihome.occupant;

import java.util.Locale;
import java.util.Optional;

/** The papers that people are registered by; the names on the wire and in the database are these in small letters. */
enum IdType {
    /** 居民身份证 */
    ID_CARD,
    /** 护照 */
    PASSPORT,
    /** 港澳居民来往内地通行证 */
    HK_MACAU_PERMIT,
    /** 台湾居民来往大陆通行证 */
    TAIWAN_PERMIT,
    /** 港澳台居民居住证、外国人永久居留身份证 */
    RESIDENCE_PERMIT;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<IdType> of(String wire) {
        for (IdType type : values()) {
            if (type.wire().equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}

package ihome.platform.http;

import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import java.math.BigDecimal;

/**
 * Numbers as clients write them, in fields and queries: plain decimal notation without blanks. Every method fails with
 * PARAMERR naming the field.
 */
final class NumberText {
    static final String INTEGER = "应为整数";
    static final String ID = "应为正整数";
    static final String FEN = "应为金额（分，整数）";
    static final String YUAN = "应为金额（最多两位小数）";

    private NumberText() {}

    /** A whole number within bounds, both included. */
    static int integer(String field, String text, int min, int max) {
        if (!text.matches("-?[0-9]{1,10}")) {
            throw BusinessException.badField(field, INTEGER);
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw outside(field, String.valueOf(min), String.valueOf(max), "");
        }
        return (int) value;
    }

    /**
     * The id of a row, from 1.
     *
     * @param wrong what is said of anything else
     */
    static long id(String field, String text, String wrong) {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
            throw BusinessException.badField(field, wrong);
        }
        return Long.parseLong(text);
    }

    /** An amount in whole fen, from 0 to fifteen digits. */
    static Money fen(String field, String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw BusinessException.badField(field, FEN);
        }
        return new Money(Long.parseLong(text));
    }

    /** An amount in yuan with at most two decimals, within bounds, both included. */
    static Money yuan(String field, String text, Money min, Money max) {
        Money amount = Money.parseYuan(text).orElseThrow(() -> BusinessException.badField(field, YUAN));
        if (amount.compareTo(min) < 0 || amount.compareTo(max) > 0) {
            throw outside(field, min.yuan(), max.yuan(), "");
        }
        return amount;
    }

    /** A number with at most so many decimals, within bounds, both included. */
    static BigDecimal decimal(String field, String text, BigDecimal min, BigDecimal max, int decimals) {
        if (!text.matches("-?[0-9]{1,10}(\\.[0-9]{1," + decimals + "})?")) {
            throw BusinessException.badField(field, decimals(decimals));
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw outside(field, min.toPlainString(), max.toPlainString(), "");
        }
        return value;
    }

    /** What is said of a text that is no number with at most so many decimals. */
    static String decimals(int decimals) {
        return "应为数字，最多 " + decimals + " 位小数";
    }

    private static BusinessException outside(String field, String min, String max, String unit) {
        return BusinessException.badField(field, "应在 " + min + " 到 " + max + " " + unit + "之间");
    }
}

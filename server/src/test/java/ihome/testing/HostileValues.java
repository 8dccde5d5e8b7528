package ihome.testing;

import java.util.List;

/** Values that nobody sends by mistake. */
final class HostileValues {
    private static final String NUL = "\\u0000";

    private HostileValues() {}

    /** Texts for paths, queries and headers; not encoded yet. */
    static List<String> texts() {
        return List.of(
                "",
                " ",
                "0",
                "-1",
                "+1",
                "1.0",
                "1e3",
                "0x10",
                "１２３",
                "٣",
                "1,2",
                "2147483648",
                "-2147483649",
                "9223372036854775808",
                "123456789012345678901234567890123456789012",
                "NaN",
                "Infinity",
                "null",
                "true",
                "undefined",
                "[]",
                "{}",
                "a\u0000b",
                "\r\nSet-Cookie: session=x",
                "' or 1=1 --",
                "\"; drop table house; --",
                "1; select pg_sleep(10)",
                "\\",
                "%",
                "_",
                "%00",
                "%2e%2e%2f",
                "../../etc/passwd",
                "..\\..\\etc",
                ";jsessionid=1",
                "<script>alert(1)</script>",
                "${jndi:ldap://127.0.0.1/x}",
                "{{7*7}}",
                "#{7*7}",
                "$(id)",
                "&a=b&c",
                "😀",
                "\u202Egnirts",
                "\u200B",
                "\uFEFF",
                "Z\u0337\u033B",
                "2026-02-30",
                "2026-13-01",
                "0000-00-00",
                "-2026-01-01",
                "99999-01-01",
                "+10000-01-01",
                "9999-12-31",
                "0001-01-01",
                "2026-06-01T00:00:00Z",
                "2026-6-1",
                "99",
                "1".repeat(18),
                "9".repeat(19),
                "长".repeat(600),
                "a".repeat(4000),
                "1,".repeat(1000));
    }

    /** JSON values, and some that are none. */
    static List<String> json() {
        return List.of(
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-0.0",
                "-1",
                "1.5",
                "0.001",
                "2147483648",
                "-2147483649",
                "9223372036854775808",
                "1e308",
                "1e-400",
                "1e39",
                "1e40",
                "1e41",
                "1e999999999",
                "1E400000000000000000000",
                "1" + "0".repeat(39),
                "1" + "0".repeat(100),
                "0." + "0".repeat(38) + "1",
                "NaN",
                "Infinity",
                "0x10",
                "01",
                "+1",
                "'single'",
                "undefined",
                "\"\"",
                "\" \"",
                "\"\\t\\r\\n\"",
                "\"" + NUL + "\"",
                "\"a" + NUL + "b\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\ude00\"",
                "\"\\u202egnirts\"",
                "\"\\u200b\"",
                "\"\\ufeff\"",
                "\"\\u2028\"",
                "\"\\u0085\"",
                "\"\\uffff\"",
                "\"Z\\u0337\\u033b\"",
                "\"１２３\"",
                "\"٣\"",
                "\"1e3\"",
                "\"-1\"",
                "\"99999999999\"",
                "\"1.234\"",
                "\"1,000\"",
                "\"NaN\"",
                "\"' or 1=1 --\"",
                "\"\\\"; drop table house; --\"",
                "\"<script>alert(1)</script>\"",
                "\"../../etc/passwd\"",
                "\"%2e%2e%2f\"",
                "\"\\r\\nSet-Cookie: session=x\"",
                "\"${jndi:ldap://127.0.0.1/x}\"",
                "\"{{7*7}}\"",
                "\"2026-02-30\"",
                "\"0000-00-00\"",
                "\"99999-01-01\"",
                "\"2026-06-01T00:00:00Z\"",
                "\"" + "长".repeat(3000) + "\"",
                "\"" + "😀".repeat(129) + "\"",
                "\"" + "a".repeat(60_000) + "\"",
                "\"" + "a".repeat(70_000) + "\"",
                "[]",
                "{}",
                "[1]",
                "[1, \"2\", null, {}, [], 1e99, -1]",
                "[" + "1,".repeat(5_000) + "1]",
                "[9223372036854775807, 99999999999999999999]",
                "{\"$ne\": null}",
                "{\"a\": {\"b\": [1]}}",
                "[".repeat(15) + "]".repeat(15),
                "[".repeat(2_000) + "]".repeat(2_000),
                "{\"a\":".repeat(500) + "1" + "}".repeat(500));
    }

    /** Whole bodies, whatever the operation. */
    static List<String> bodies() {
        return List.of(
                "",
                " ",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "[{}]",
                "{}",
                "{",
                "}",
                "{}{}",
                "{} x",
                "{\"a\"}",
                "{\"a\":1,}",
                "{'a':1}",
                "/* */{}",
                "\uFEFF{}",
                "\u0000",
                "a=b&c=d",
                "--x\r\n\r\n--x--",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "{\"a\":1,\"a\":2}",
                "[".repeat(30_000),
                "{\"a\":".repeat(10_000),
                "{\"" + "k".repeat(60_000) + "\":1}",
                colliding(3_000));
    }

    /** Different keys with one {@link String#hashCode}. */
    private static String colliding(int keys) {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < keys; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            body.append(i == 0 ? "" : ",").append('"').append(key).append("\":1");
        }
        return body.length() > 65_000
                ? body.substring(0, 65_000)
                : body.append('}').toString();
    }

    static List<String> mediaTypes() {
        return List.of(
                "text/plain",
                "application/xml",
                "application/json; charset=utf-16",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"x",
                "multipart/mixed; boundary=x",
                "application/*",
                "*/*",
                "json",
                "/",
                ";",
                "application/json, text/plain",
                "application/vnd.a+json");
    }
}

package ihome.payment;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alipay's way of signing fields (RSA2): sorted by name, {@code name=value} joined by {@code &}, SHA256withRSA over that.
 * Nothing is escaped in the signed text, so that a value with an ampersand could be read as several fields: such values are
 * neither signed nor accepted here.
 */
final class SignedFields {
    static final String SIGN = "sign";
    static final String SIGN_TYPE = "sign_type";
    static final String RSA2 = "RSA2";

    private SignedFields() {}

    /** The fields of a request with {@code sign_type} and {@code sign} added, the first of them signed as well. */
    static Map<String, String> request(Map<String, String> fields, PrivateKey key) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put(SIGN_TYPE, RSA2);
        all.values().removeIf(String::isEmpty);
        all.put(SIGN, sign(content(all), key));
        return all;
    }

    /** The fields of a notification or return with {@code sign_type} and {@code sign} added, neither of them signed. */
    static Map<String, String> notification(Map<String, String> fields, PrivateKey key) {
        Map<String, String> all = new TreeMap<>(fields);
        String sign = sign(content(all), key);
        all.put(SIGN_TYPE, RSA2);
        all.put(SIGN, sign);
        return all;
    }

    /** Fails unless the fields of a notification or return were signed with the key's other half. */
    static void check(Map<String, String> fields, PublicKey key) throws InvalidSignatureException {
        if (!RSA2.equals(fields.get(SIGN_TYPE))) {
            throw new InvalidSignatureException("sign_type is not RSA2");
        }
        Map<String, String> signed = new TreeMap<>(fields);
        signed.remove(SIGN_TYPE);
        String sign = signed.remove(SIGN);
        if (sign == null || isAmbiguous(signed) || !verify(content(signed), sign, key)) {
            throw new InvalidSignatureException("the signature is wrong");
        }
    }

    /** Fails unless the fields of a request, {@code sign_type} among them, were signed with the key's other half. */
    static void checkRequest(Map<String, String> fields, PublicKey key) throws InvalidSignatureException {
        Map<String, String> signed = new TreeMap<>(fields);
        String sign = signed.remove(SIGN);
        if (sign == null || isAmbiguous(signed) || !verify(content(signed), sign, key)) {
            throw new InvalidSignatureException("the signature is wrong");
        }
    }

    static boolean verify(String content, String sign, PublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    static String sign(String content, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with this RSA key", e);
        }
    }

    /** As a query or a form body. */
    static String encode(Map<String, String> fields) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(fields)
                .forEach((name, value) -> out.append(out.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return out.toString();
    }

    private static String content(Map<String, String> fields) {
        if (isAmbiguous(fields)) {
            throw new IllegalArgumentException("a signed field has an ampersand in it");
        }
        StringBuilder out = new StringBuilder();
        new TreeMap<>(fields)
                .forEach((name, value) -> out.append(out.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(value));
        return out.toString();
    }

    private static boolean isAmbiguous(Map<String, String> fields) {
        return fields.entrySet().stream()
                .anyMatch(field -> field.getValue().contains("&")
                        || field.getKey().contains("&")
                        || field.getKey().contains("="));
    }
}

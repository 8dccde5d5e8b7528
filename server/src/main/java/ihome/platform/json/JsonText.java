package ihome.platform.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** JSON that is written already; inside another value it is written as it stands. */
public record JsonText(String text) implements JacksonSerializable {
    /** The JSON text of a record, list or map. */
    public static JsonText of(Object value) {
        return new JsonText(Json.text(value));
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
        generator.writeRawValue(text);
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer types) {
        serialize(generator, context);
    }
}

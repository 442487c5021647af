import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Apache Avro's own implementation beside ours. Reads lines of `<writer's schema> <reader's schema> <bytes>`, all in
 * base64, and answers each with `ok <value as text> <bytes of the value by the reader's schema>`, or with `error <why>`.
 */
public final class AvroRoundTrip {
  public static void main(String[] arguments) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(line.split(" ", -1)));
    }
  }

  private static String answer(String[] parts) {
    try {
      Schema writer = schema(parts[0]);
      Schema reader = schema(parts[1]);
      var decoder = DecoderFactory.get().binaryDecoder(Base64.getDecoder().decode(parts[2]), null);
      Object value = new GenericDatumReader<>(writer, reader).read(null, decoder);
      if (!decoder.isEnd()) return "error bytes are left";
      var bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(reader).write(value, encoder);
      encoder.flush();
      return "ok " + text(reader, value) + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (RuntimeException | java.io.IOException error) {
      return "error " + String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
    }
  }

  private static Schema schema(String base64) {
    return new Schema.Parser().parse(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
  }

  private static String text(Schema schema, Object value) {
    switch (schema.getType()) {
      case NULL:
        return "n";
      case BOOLEAN, INT, LONG:
        return value.toString();
      case FLOAT, DOUBLE:
        return "d" + Long.toHexString(Double.doubleToLongBits(((Number) value).doubleValue()));
      case STRING, ENUM:
        return "s" + hex(value.toString().getBytes(StandardCharsets.UTF_8));
      case BYTES:
        byte[] bytes = new byte[((ByteBuffer) value).remaining()];
        ((ByteBuffer) value).duplicate().get(bytes);
        return "x" + hex(bytes);
      case FIXED:
        return "x" + hex(((GenericFixed) value).bytes());
      case ARRAY:
        var items = new StringBuilder("[");
        for (Object item : (Iterable<?>) value) items.append(text(schema.getElementType(), item)).append(',');
        return items.append(']').toString();
      case MAP:
        var entries = new TreeMap<String, String>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          String key = hex(entry.getKey().toString().getBytes(StandardCharsets.UTF_8));
          entries.put(key, text(schema.getValueType(), entry.getValue()));
        }
        var all = new StringBuilder("{");
        entries.forEach((key, each) -> all.append(key).append('=').append(each).append(','));
        return all.append('}').toString();
      case UNION:
        int index = GenericData.get().resolveUnion(schema, value);
        return "u" + index + ":" + text(schema.getTypes().get(index), value);
      case RECORD:
        var fields = new StringBuilder("(");
        for (Schema.Field field : schema.getFields()) {
          fields.append(text(field.schema(), ((IndexedRecord) value).get(field.pos()))).append(',');
        }
        return fields.append(')').toString();
      default:
        throw new IllegalStateException(schema.toString());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintStream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Whether Kafka's own definitions take texts, one by one.
 *
 * Standard input:  [["broker" or "topic", name, text]]
 * Standard output: [true or false]
 */
public final class CheckKafkaValues {
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        ObjectMapper json = new ObjectMapper();
        ArrayNode all = json.createArrayNode();
        ConfigDef broker = KafkaConfig.configDef();
        ConfigDef topic = LogConfig.configDefCopy();
        for (JsonNode one : json.readTree(System.in)) {
            ConfigDef definitions = one.get(0).asText().equals("broker") ? broker : topic;
            all.add(takes(definitions.configKeys().get(one.get(1).asText()), one.get(2).asText()));
        }
        answers.println(json.writeValueAsString(all));
        answers.flush();
        System.exit(0);
    }

    private static boolean takes(ConfigDef.ConfigKey key, String text) {
        try {
            Object value = ConfigDef.parseType(key.name, text, key.type);
            if (key.validator != null) key.validator.ensureValid(key.name, value);
            return true;
        } catch (ConfigException refused) {
            return false;
        }
    }
}

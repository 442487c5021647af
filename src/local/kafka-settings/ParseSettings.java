import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.ControllerConfigurationValidator;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Parses configurations with Kafka's own code, like a starting broker and a controller that creates a topic.
 *
 * Standard input:  [{ "properties": "the text of a properties file", "topics": { "<name>": { "<setting>": "<text>" } } }]
 * Standard output: [[{ "topic": "<name>, or absent for the brokers", "reason": "Kafka's words" }]], one list for each configuration
 */
public final class ParseSettings {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // Kafka's log output must not mix with the answers.
        System.setOut(System.err);
        ArrayNode all = JSON.createArrayNode();
        for (JsonNode one : JSON.readTree(System.in)) all.add(refusals(one));
        answers.println(JSON.writeValueAsString(all));
        answers.flush();
        // Loaded classes may have started threads.
        System.exit(0);
    }

    private static ArrayNode refusals(JsonNode one) {
        ArrayNode refusals = JSON.createArrayNode();
        KafkaConfig config;
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(one.get("properties").asText()));
            config = KafkaConfig.fromProps(properties, false);
            // The log manager does this before a broker opens its logs.
            LogConfig.validateBrokerLogConfigValues(
                config.extractLogConfigMap(), config.remoteLogManagerConfig().isRemoteStorageSystemEnabled());
        } catch (Exception refused) {
            refusals.addObject().put("reason", reason(refused));
            return refusals;
        }
        one.get("topics").properties().forEach((topic) -> refuse(config, topic, refusals));
        return refusals;
    }

    private static void refuse(KafkaConfig config, Map.Entry<String, JsonNode> topic, ArrayNode refusals) {
        Map<String, String> settings = new TreeMap<>();
        topic.getValue().properties().forEach((setting) -> settings.put(setting.getKey(), setting.getValue().asText()));
        try {
            new ControllerConfigurationValidator(config)
                .validate(new ConfigResource(ConfigResource.Type.TOPIC, topic.getKey()), settings, Map.of());
        } catch (Exception refused) {
            refusals.addObject().put("topic", topic.getKey()).put("reason", reason(refused));
        }
    }

    private static String reason(Exception refused) {
        return refused.getMessage() == null ? refused.toString() : refused.getMessage();
    }
}

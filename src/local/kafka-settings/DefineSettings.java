import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Writes Kafka's own definitions of the release in the class path to standard output, as JSON in the shape of `KafkaRelease`. */
public final class DefineSettings {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A range as validators print it: `[1,...,9] or -1`, `[0,...]`. */
    private static final Pattern RANGE = Pattern.compile("\\[(-?[\\d.]+)?,?\\.\\.\\.,?(-?[\\d.]+)?\\](?: or (-?\\d+))?");

    private static final Map<String, String> UPDATE_MODES = DynamicBrokerConfig.dynamicConfigUpdateModes();

    public static void main(String[] args) throws Exception {
        PrintStream answer = System.out;
        System.setOut(System.err);
        ConfigDef broker = KafkaConfig.configDef();
        ObjectNode release = JSON.createObjectNode();
        ObjectNode levels = release.putObject("metadataVersions");
        for (MetadataVersion level : MetadataVersion.VERSIONS) if (level.isProduction()) levels.put(level.version(), level.featureLevel());
        ObjectNode features = release.putObject("features");
        for (Feature feature : Feature.PRODUCTION_FEATURES) features.put(feature.featureName(), feature.latestProduction());
        definitions(release.putObject("broker"), broker);
        for (Map.Entry<String, String> mode : UPDATE_MODES.entrySet()) {
            if (release.path("broker").path(mode.getKey()) instanceof ObjectNode) {
                ((ObjectNode) release.path("broker").path(mode.getKey())).put("update", mode.getValue());
            }
        }
        topics(release.putObject("topic"));
        plugins(release.putObject("plugins"));
        TreeSet<String> dynamicOnly = new TreeSet<>(UPDATE_MODES.keySet());
        dynamicOnly.removeAll(broker.names());
        names(release.putArray("dynamicOnly"), dynamicOnly);
        ObjectNode clients = release.putObject("clients");
        names(clients.putArray("producers"), ProducerConfig.configNames());
        names(clients.putArray("consumers"), ConsumerConfig.configNames());
        names(clients.putArray("admin clients"), AdminClientConfig.configNames());
        answer.println(JSON.writeValueAsString(release));
        answer.flush();
        System.exit(0);
    }

    private static void definitions(ObjectNode all, ConfigDef definitions) {
        new TreeMap<>(definitions.configKeys()).forEach((name, key) -> define(all.putObject(name), key));
    }

    private static void define(ObjectNode definition, ConfigDef.ConfigKey key) {
        definition.put("type", key.type.name().toLowerCase(Locale.ROOT));
        if (key.hasDefault() && key.defaultValue != null) definition.put("default", text(key.defaultValue));
        if (key.validator != null) validate(definition, key);
        definition.put("importance", key.importance.name().toLowerCase(Locale.ROOT));
        if (key.internalConfig) definition.put("internal", true);
    }

    private static String text(Object value) {
        if (value instanceof List) return String.join(",", ((List<?>) value).stream().map(DefineSettings::text).toList());
        return value instanceof Class ? ((Class<?>) value).getName() : String.valueOf(value);
    }

    private static void validate(ObjectNode definition, ConfigDef.ConfigKey key) {
        String words = key.validator.toString();
        Matcher range = RANGE.matcher(words);
        boolean isList = key.type == ConfigDef.Type.LIST;
        if (range.matches()) {
            if (range.group(1) != null) definition.put("min", range.group(1));
            if (range.group(2) != null) definition.put("max", range.group(2));
            if (range.group(3) != null) definition.put("or", range.group(3));
        } else if (key.validator instanceof ConfigDef.CaseInsensitiveValidString) {
            values(definition, words.replaceFirst("^.*\\[", "["));
            definition.put("ignoreCase", true);
        } else if (key.validator instanceof ConfigDef.ValidString || key.validator instanceof ConfigDef.ValidList) {
            values(definition, words);
        } else if (!(key.validator instanceof ConfigDef.NonEmptyString) && !(key.validator instanceof ConfigDef.NonNullValidator)) {
            // A class without its own toString prints its hash code after an @.
            definition.put("rule", words.contains("@") ? key.validator.getClass().getSimpleName() : words);
        }
        if (key.validator instanceof ConfigDef.ValidList) definition.put("distinct", true);
        if (refuses(key, isList ? List.of() : "") && (isList || key.type == ConfigDef.Type.STRING)) definition.put("nonEmpty", true);
    }

    private static void values(ObjectNode definition, String words) {
        if (words.length() > 2) names(definition.putArray("values"), List.of(words.substring(1, words.length() - 1).split(", ")));
    }

    private static boolean refuses(ConfigDef.ConfigKey key, Object value) {
        try {
            key.validator.ensureValid(key.name, value);
            return false;
        } catch (ConfigException | ClassCastException refused) {
            return true;
        }
    }

    private static void topics(ObjectNode all) {
        definitions(all, LogConfig.configDefCopy());
        new TreeMap<>(ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS).forEach((name, synonyms) -> {
            ArrayNode inherits = ((ObjectNode) all.get(name)).putArray("inherits");
            for (ConfigSynonym synonym : synonyms) {
                ObjectNode one = inherits.addObject().put("name", synonym.name());
                String times = synonym.converter().apply("1");
                if (!times.equals("1")) one.put("times", Long.parseLong(times));
            }
        });
    }

    /** Settings that plugin classes read, not the broker: classes that come with Kafka, and the metrics reporter. */
    private static void plugins(ObjectNode all) throws Exception {
        String reporter = "io.strimzi.kafka.metrics.PrometheusMetricsReporterConfig";
        Field definitions = Class.forName(reporter).getDeclaredField("CONFIG_DEF");
        definitions.setAccessible(true);
        definitions(all.putObject("io.strimzi.kafka.metrics.KafkaPrometheusMetricsReporter"), (ConfigDef) definitions.get(null));
        ConfigDef jmx = new ConfigDef()
            .define(JmxReporter.EXCLUDE_CONFIG, ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "")
            .define(JmxReporter.INCLUDE_CONFIG, ConfigDef.Type.STRING, ".*", ConfigDef.Importance.LOW, "");
        definitions(all.putObject(JmxReporter.class.getName()), jmx);
        ConfigDef authorizer = new ConfigDef()
            .define(StandardAuthorizer.SUPER_USERS_CONFIG, ConfigDef.Type.STRING, "", ConfigDef.Importance.HIGH, "")
            .define(StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG, ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.HIGH, "");
        definitions(all.putObject(StandardAuthorizer.class.getName()), authorizer);
    }

    private static void names(ArrayNode all, Collection<String> names) {
        new TreeSet<>(names).forEach(all::add);
    }
}

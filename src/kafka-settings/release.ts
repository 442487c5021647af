/** The definition of a setting in the code of a Kafka release. */
export interface SettingDefinition {
  readonly type: 'boolean' | 'class' | 'double' | 'int' | 'list' | 'long' | 'password' | 'short' | 'string';
  /** Default value as text. @default the setting has no default */
  readonly default?: string;
  /** Minimum, as text: Kafka's numbers can exceed the range of JavaScript's. */
  readonly min?: string;
  readonly max?: string;
  /** A number outside the range that is also accepted. */
  readonly or?: string;
  /** All accepted texts; for a list, all accepted elements. */
  readonly values?: readonly string[];
  /** Whether the case of these texts is ignored. */
  readonly ignoreCase?: boolean;
  /** Whether an empty text or list is rejected. */
  readonly nonEmpty?: boolean;
  /** Whether duplicate or empty elements of a list are rejected. */
  readonly distinct?: boolean;
  /** Description of a check that is implemented in code and cannot be expressed in this table. */
  readonly rule?: string;
  readonly importance: 'high' | 'medium' | 'low';
  /** Scope in which a running broker accepts a new value. @default none: a change takes effect at the next start */
  readonly update?: 'per-broker' | 'cluster-wide';
  /** Whether Kafka does not document the setting. */
  readonly internal?: boolean;
}

/** A topic setting, and the broker properties that supply its value if the topic does not set it. */
export interface TopicSettingDefinition extends SettingDefinition {
  /**
   * Broker properties, highest precedence first; `times` converts the property's value to the unit of the topic
   * setting.
   */
  readonly inherits?: readonly { readonly name: string; readonly times?: number }[];
}

type Definitions = Readonly<Record<string, SettingDefinition>>;

/** All setting definitions of a release line such as 4.3. */
export interface KafkaRelease {
  /** The release whose jar files were read. */
  readonly version: string;
  /** Levels of the metadata versions that are ready for production, by name, oldest first. */
  readonly metadataVersions: Readonly<Record<string, number>>;
  /** Highest level that is ready for production of every other feature, by name. The lowest is 0. */
  readonly features: Readonly<Record<string, number>>;
  readonly broker: Definitions;
  readonly topic: Readonly<Record<string, TopicSettingDefinition>>;
  /** Settings that classes loaded by a broker read from the broker's properties file, by class. */
  readonly plugins: Readonly<Record<string, Definitions>>;
  /** Settings that can only be set on running brokers; they are not read from a properties file. */
  readonly dynamicOnly: readonly string[];
  /** Names of client settings, by kind of client. */
  readonly clients: Readonly<Record<string, readonly string[]>>;
}

/** The release line of a version: `4.3` for `4.3.1`. */
export const releaseLine = (version: string): string => version.split('.').slice(0, 2).join('.');

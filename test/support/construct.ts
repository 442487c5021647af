import { Testing, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../../tools/support/manifests';

/** Marks a prop that does not affect the objects, because only other users of the interface need it. */
export const NOT_RENDERED = Symbol('not rendered');

type Shown = string | typeof NOT_RENDERED;

/**
 * For every prop a different value, and a text that appears in the objects only with that value. It does not compile if
 * a prop is missing, required or not.
 */
export type TestedProps<Props> = {
  readonly [Name in keyof Required<Props>]: readonly [value: Props[Name], shown: Shown];
};

/** A construct's class, or a function with the same parameters. */
type Class<Props, Made extends Construct = Construct> = new (scope: Construct, id: string, props: Props) => Made;

/** Creates the construct alone in a chart without namespace and labels. */
export function made<Props, Made extends Construct>(of: Class<Props, Made>, props: Props) {
  const chart = Testing.chart();
  const construct = new of(chart, 'alone', props);
  return { construct, objects: Testing.synth(chart) as readonly KubernetesObject[] };
}

/** `Kind name` of each object. */
export const named = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

/** Adds a test for each prop, and a test of two constructs in one scope. */
export function testProps<Props extends object>(of: Class<Props>, props: Props, tested: TestedProps<Props>): void {
  const text = (changed: Partial<Props>): string => Yaml.stringify(...made(of, { ...props, ...changed }).objects);

  it.each(Object.entries<readonly [unknown, Shown]>(tested))('reads %s', (name, [value, shown]) => {
    const before = text({});
    const after = text({ [name]: value } as Partial<Props>);
    if (shown === NOT_RENDERED) {
      expect(after).toBe(before);
      return;
    }
    // The whole text would hide the prop in a very long message.
    expect([name, shown, before.includes(shown), after.includes(shown)]).toEqual([name, shown, false, true]);
  });

  it('can stand twice in one scope', () => {
    const chart = Testing.chart();
    new of(chart, 'one', props);
    new of(chart, 'two', props);
    expect(Testing.synth(chart)).toHaveLength(2 * made(of, props).objects.length);
  });

  it('puts everything into its namespace, with the labels of its platform', () => {
    for (const { metadata } of made(of, props).objects) {
      expect(metadata).toMatchObject({
        namespace: 'shop',
        labels: { 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/part-of': 'kafka-platform' },
      });
    }
  });
}

/** Paths at which a live object differs from the rendered one. Additional fields of the live object are ignored. */
function differences(rendered: unknown, live: unknown, path = ''): readonly string[] {
  if (Array.isArray(rendered)) {
    if (!Array.isArray(live) || live.length !== rendered.length) return [told(path, rendered, live)];
    return rendered.flatMap((item, index) => differences(item, (live as unknown[])[index], `${path}[${index}]`));
  }
  if (typeof rendered === 'object' && rendered !== null) {
    if (typeof live !== 'object' || live === null) return [told(path, rendered, live)];
    return Object.entries(rendered).flatMap(([key, value]) =>
      differences(value, (live as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return rendered === live ? [] : [told(path, rendered, live)];
}

const told = (path: string, rendered: unknown, live: unknown): string =>
  `${path}: ${JSON.stringify(rendered)} is live ${JSON.stringify(live)}`;

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** All rendered fields with other values in the live objects. */
export function differentFields(rendered: readonly Named[], live: readonly Named[]): readonly string[] {
  const nameOf = ({ kind, metadata }: Named): string => `${kind} ${metadata.name}`;
  const found = new Map(live.map((object) => [nameOf(object), object]));
  return rendered.flatMap((object) => differences(object, found.get(nameOf(object)), nameOf(object)));
}

import { z } from 'zod';

/** A registry and a path in it, without a scheme: `registry.example.com:5000/mirror`. */
export const imageRegistrySchema = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/, 'this is no registry')
  .refine(isRegistry, 'the first part is no host: Docker Hub would be asked for an organization of this name')
  .meta({ allowed: 'a host with a dot or a port, or localhost, and perhaps a path: registry.example.com/mirror' })
  .optional();

/** As container runtimes tell a host from an organization of Docker Hub. */
function isRegistry(name: string): boolean {
  const [host = ''] = name.split('/');
  return host === 'localhost' || /[.:]/.test(host);
}

/** The name by which nodes pull an image: images that name no registry come from that of the platform, if it has one. */
export const pulledImage = (
  { imageRegistry }: { readonly imageRegistry?: string | undefined },
  image: string,
): string => {
  const namesRegistry = image.includes('/') && isRegistry(image);
  return imageRegistry === undefined || namesRegistry ? image : `${imageRegistry}/${image}`;
};

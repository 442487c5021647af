import { pulledImage } from '../../../src/kubernetes/image-registry';
import { itRefuses } from '../../support/refusals';

describe('the registry of a platform', () => {
  const imageRegistry = 'registry.example.com/mirror';

  it.each([
    ['kafka-platform-guard:1', 'registry.example.com/mirror/kafka-platform-guard:1'],
    ['apache/kafka:4.3.1', 'registry.example.com/mirror/apache/kafka:4.3.1'],
    ['quay.io/team/image:1', 'quay.io/team/image:1'],
    ['localhost/image:1', 'localhost/image:1'],
    ['registry:5000/image:1', 'registry:5000/image:1'],
  ])('stands in front of images that name none: %s', (image, pulled) => {
    expect(pulledImage({ imageRegistry }, image)).toBe(pulled);
    expect(pulledImage({}, image)).toBe(image);
  });

  itRefuses([
    ['an organization of Docker Hub', { imageRegistry: 'example/mirror' }, 'imageRegistry', /no host/],
    ['an address', { imageRegistry: 'https://registry.example.com' }, 'imageRegistry', /no registry/],
    ['a slash at the end', { imageRegistry: 'registry.example.com/' }, 'imageRegistry', /no registry/],
  ]);
});

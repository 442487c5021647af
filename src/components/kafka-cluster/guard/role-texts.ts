/** What a guard says of its node. */
export interface RoleTexts {
  readonly absent: string;
  readonly inPlace: string;
  readonly lost: string;
  readonly back: string;
}

/** By whether the node stores topics, or is a controller alone. */
export const TEXTS = {
  broker: {
    absent: 'the broker does not serve yet',
    inPlace: 'the broker serves and all of its replicas are in sync',
    lost: 'the broker does not answer, or is fenced: it is not ready',
    back: 'the broker serves again',
  },
  controller: {
    absent: 'the controller is not a voter that follows the leader yet',
    inPlace: 'the controller is a voter and follows the leader',
    lost: 'the controller is no voter that follows the leader any more: it is not ready',
    back: 'the controller follows the leader again',
  },
} as const satisfies Record<string, RoleTexts>;

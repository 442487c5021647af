/**
 * Cluster ids of the environments of this project, as it is published. They do where a cluster is made for a day; clusters
 * that live would share them with those of every other fork that has kept them.
 */
export const PUBLISHED_CLUSTER_IDS: ReadonlySet<string> = new Set([
  '3zsT4KDQFb_Atipvu9i0lQ',
  'yDFbpP2r_6p4WzmwNV1boQ',
  'ywXqVWykyE7p03KNVGMNFA',
]);

// On one cluster: each file creates its topics. Partition growth runs last because it cannot be undone.
import './changed-topics/missing-records';
import './changed-topics/recreated-topic';
import './changed-topics/topic-gone';
import './changed-topics/partition-growth';

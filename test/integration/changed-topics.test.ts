// On one cluster: each makes its topics as it needs them, and growth comes last, since nothing takes it back.
import './changed-topics/missing-records';
import './changed-topics/recreated-topic';
import './changed-topics/topic-gone';
import './changed-topics/partition-growth';

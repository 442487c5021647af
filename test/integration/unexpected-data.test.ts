import './unexpected-data/commands';
import './unexpected-data/failing-work';

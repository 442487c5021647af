import './groups/lag-of-groups';
import './groups/member-restart';

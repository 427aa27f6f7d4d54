import * as v from 'valibot';
import { Rule } from '../contacts/rule.ts';
import { Space } from '../ids.ts';
import { call, Count, Instant } from './base.ts';
import { Contact, ContactChoice, GroupId } from './contacts.ts';

/** A group. One with a rule is a smart group: who is in it is asked anew each time. */
export const Group = v.object({
  id: GroupId,
  name: v.string(),
  rule: v.nullable(Rule),
  /** People in it now. */
  count: Count,
  createdAt: Instant,
  changedAt: Instant,
});
export type Group = v.InferOutput<typeof Group>;

const GroupName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const one = v.object({ space: Space, id: GroupId });

/**
 * Groups and smart groups. A smart group may refer to lists and smart groups, in no circle. `RULE_BROKEN` says as `detail` what is
 * wrong with a rule, which then finds nobody, never everybody: a `field`, `group` or `import` that is gone, a `circle` of smart groups,
 * a `value` that is empty or cannot be read (a date, a number, an operator), or `too-many` conditions (200 with those of groups).
 */
export const groupsContract = {
  /** By name. */
  list: call()
    .input(v.object({ space: Space }))
    .output(v.array(Group)),
  add: call('GROUP_EXISTS', 'RULE_BROKEN')
    .input(v.object({ space: Space, name: GroupName, rule: v.nullable(Rule) }))
    .output(Group),
  /** A list stays a list and a smart group a smart group. */
  update: call('NOT_FOUND', 'GROUP_EXISTS', 'RULE_BROKEN')
    .input(v.object({ ...one.entries, name: GroupName, rule: v.nullable(Rule) }))
    .output(Group),
  /** Removes the group; its people stay. Gives what {@link groupsContract.restore} takes back. */
  remove: call('NOT_FOUND')
    .input(one)
    .output(v.object({ id: GroupId })),
  /** Undoes the removal of a group within the same run of the program, with its members that still exist. */
  restore: call('NOT_FOUND', 'GROUP_EXISTS').input(one).output(Group),
  addMembers: call('NOT_FOUND', 'NOT_POSSIBLE_NOW', 'RULE_BROKEN')
    .input(v.object({ ...one.entries, choice: ContactChoice }))
    .output(v.object({ added: Count })),
  removeMembers: call('NOT_FOUND', 'NOT_POSSIBLE_NOW', 'RULE_BROKEN')
    .input(v.object({ ...one.entries, choice: ContactChoice }))
    .output(v.object({ removed: Count })),
  /** Whom a rule finds, with the first five by name. */
  preview: call('RULE_BROKEN')
    .input(v.object({ space: Space, rule: Rule }))
    .output(v.object({ count: Count, sample: v.array(Contact) })),
};

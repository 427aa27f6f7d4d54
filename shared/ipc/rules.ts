import * as v from 'valibot';
import { Space } from '../ids.ts';
import { Rules } from '../rules/rules.ts';
import { call, live } from './base.ts';

/** Guards and limits of a space. */
export const rulesContract = {
  get: call()
    .input(v.object({ space: Space }))
    .output(Rules),
  watch: call()
    .input(v.object({ space: Space }))
    .output(live(Rules)),
  /** Changes the given ones and gives all. */
  update: call('STORE_FULL', 'STORE_READONLY')
    .input(v.object({ space: Space, rules: v.partial(Rules) }))
    .output(Rules),
};

import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { build, check, phase, RULES } from './importing.ts';
import { valueOf } from '../contacts/people.ts';

const LIST = ['Name,Mobile'].concat(Array.from({ length: 1_200 }, (_, at) => `P${at},x${at}`)).join('\n');

it.each(['cancelled', 'checked again'])(
  'rejected rows are not saved when the import is %s meanwhile',
  async (how) => {
    const { imports, dir } = build();
    const { id, preview } = await check(imports, LIST, {
      mapping: { header: true, columns: [{ to: 'name' }, { to: 'number' }] },
    });
    const saving = imports.saveRejected({ id }, 'rejected.csv');
    if (how === 'cancelled') await imports.cancel(id);
    else {
      valueOf(
        await imports.check(id, { ...preview.mapping, columns: [{ to: 'name' }, { to: 'number' }] }, RULES),
      );
      await phase(imports, id, 'checked');
    }
    expect(await saving).toMatchObject({ ok: false, error: { code: 'IMPORT_GONE' } });
    expect(existsSync(path.join(dir, 'rejected.csv'))).toBe(false);
  },
);

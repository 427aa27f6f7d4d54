import type { Space } from '#shared/ids.ts';
import type { Template } from '#shared/ipc/templates.ts';

/** A template that was chosen, and whether it takes the place of the text or goes where the cursor is. */
export type TemplateUse = { readonly template: Template; readonly how: 'replace' | 'insert' };

/** What the templates need to know of the message, and what they do to it. */
export type TemplateDesk = {
  readonly space: Space;
  /** What is written now; it can be saved as a template. */
  readonly text: string;
  readonly transactionClass: '' | 'transactional' | 'promotional';
  readonly use: (use: TemplateUse) => void;
};

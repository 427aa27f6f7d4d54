import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Template } from '#shared/ipc/templates.ts';
import { parseMerge } from '#shared/sms/merge-fields.ts';
import { withFallbacks } from '#shared/sms/text-change.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { meterOf } from '../../lib/meter.ts';

type Class = '' | 'transactional' | 'promotional';

/** What is wrong with a field of the form; the wording is in the catalogue under the same name. */
type TemplateFault = 'nameMissing' | 'nameTaken' | 'textMissing' | 'textBroken';

/** One template as it is written: a new one, or one that is there. */
export class TemplateForm {
  readonly #engine: EngineClient;
  readonly #space: Space;
  /** The one that is changed; null for a new one. */
  readonly template: Template | null;

  name = $state('');
  text = $state('');
  category = $state('');
  class: Class = $state('');
  approvalId = $state('');
  busy = $state(false);
  error: AppError | null = $state.raw(null);
  #isTried = $state(false);

  constructor(
    engine: EngineClient,
    space: Space,
    template: Template | null,
    start: { readonly text?: string; readonly class?: Class } = {},
  ) {
    this.#engine = engine;
    this.#space = space;
    this.template = template;
    this.name = template?.name ?? '';
    this.text = template?.text ?? start.text ?? '';
    this.category = template?.category ?? '';
    this.class = template ? (template.class ?? '') : (start.class ?? '');
    this.approvalId = template?.approvalId ?? '';
  }

  /** What the text takes, with the fallbacks in place of its fields. */
  meter = $derived.by(() => meterOf(withFallbacks(this.text)));

  /** With fields, parts are not known before there are people; null without. */
  merged = $derived.by(() => {
    const merge = parseMerge(this.text);
    return merge.ok && merge.value.hasFields ? { plan: null, isOld: false } : null;
  });

  /** What is wrong with the name, once saving was tried. */
  nameFault: TemplateFault | null = $derived.by(() => {
    if (this.error?.code === 'TEMPLATE_EXISTS') return 'nameTaken';
    return this.#isTried && this.name.trim() === '' ? 'nameMissing' : null;
  });

  /** What is wrong with the text, once saving was tried. */
  textFault: TemplateFault | null = $derived.by(() => {
    if (!this.#isTried) return null;
    if (this.text.trim() === '') return 'textMissing';
    return parseMerge(this.text).ok ? null : 'textBroken';
  });

  /**
   * Saves it.
   *
   * @returns the template, or null when it was not saved; the faults or {@link error} say why
   */
  async save(): Promise<Template | null> {
    if (this.busy) return null;
    this.#isTried = true;
    this.error = null;
    if (this.nameFault ?? this.textFault) return null;
    const written = {
      space: this.#space,
      name: this.name.trim(),
      text: this.text,
      category: this.category.trim(),
      class: this.class === '' ? null : this.class,
      approvalId: this.approvalId.trim(),
    };
    this.busy = true;
    try {
      const { templates } = this.#engine;
      return await (this.template
        ? templates.update({ ...written, id: this.template.id })
        : templates.add(written));
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

import path from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { ShellWords } from './shell-words.ts';

/** Endings of what can be imported. Phones and mail programs write vCards as .vcf or .vcard. */
const IMPORTABLE = ['csv', 'tsv', 'txt', 'xlsx', 'xls', 'ods', 'vcf', 'vcard'];

/** Formats that can be written, with their ending. */
export type SaveFormat = 'csv' | 'xlsx' | 'vcf';

/** The system's dialogs for files; `null` where the user thought better of it. */
export type FileDialogs = {
  open(kind: 'import' | 'recipients'): Promise<string | null>;
  /** `name` is a proposal; characters that no file name may have are taken out of it. */
  save(name: string, format: SaveFormat): Promise<string | null>;
};

/** Dialogs that belong to the present window, in the language in use. */
export function fileDialogs(window: () => BrowserWindow | null, words: () => ShellWords): FileDialogs {
  const filtersOf = (): FileFilter[] => [
    { name: words().listFiles, extensions: IMPORTABLE },
    { name: words().allFiles, extensions: ['*'] },
  ];
  return {
    async open(kind) {
      const owner = window();
      const options = {
        title: kind === 'import' ? words().chooseImport : words().chooseRecipients,
        properties: ['openFile' as const],
        filters: filtersOf(),
      };
      const { canceled, filePaths } = await (owner
        ? dialog.showOpenDialog(owner, options)
        : dialog.showOpenDialog(options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    async save(name, format) {
      const owner = window();
      const options = {
        title: words().chooseSave,
        defaultPath: path.join(app.getPath('documents'), proposed(name, format)),
        filters: [{ name: format.toUpperCase(), extensions: [format] }],
        properties: ['showOverwriteConfirmation' as const, 'createDirectory' as const],
      };
      const { canceled, filePath } = await (owner
        ? dialog.showSaveDialog(owner, options)
        : dialog.showSaveDialog(options));
      if (canceled || !filePath) return null;
      // GTK does not add the ending that was left out.
      return path.extname(filePath) === '' ? `${filePath}.${format}` : filePath;
    },
  };
}

/** A proposal with its ending, without what Windows, macOS or Linux refuse in a file name. */
function proposed(name: string, format: SaveFormat): string {
  const ending = `.${format}`;
  const plain = (name.endsWith(ending) ? name.slice(0, -ending.length) : name)
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/gu, '');
  return `${plain === '' ? 'contacts' : plain}${ending}`;
}

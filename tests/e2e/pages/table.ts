import type { Locator } from 'playwright';

/** The rows of a table that are in view, without its head, each as the texts of its cells. */
export const tableRows = (table: Locator): Promise<string[][]> =>
  table
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .map((row) =>
          [...row.querySelectorAll('[role=cell]')].map((cell) =>
            (cell.textContent ?? '').replace(/\s+/gu, ' ').trim(),
          ),
        )
        .filter((cells) => cells.length > 0),
    );

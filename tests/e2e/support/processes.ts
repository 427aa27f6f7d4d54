import { readdirSync, readFileSync } from 'node:fs';

/** What the system tells everybody about one process: its command line and, to its owner, its environment. */
export type ProcessFacts = {
  readonly pid: number;
  readonly commandLine: string;
  readonly environment: string;
};

/** A process and all that it has started, read from `/proc`. A process that ends meanwhile is left out. */
export function processTree(root: number): ProcessFacts[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const belongs = (pid: number | undefined): boolean =>
    pid !== undefined && pid !== 0 && (pid === root || belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs).map((pid) => ({
    pid,
    commandLine: textOf(`/proc/${pid}/cmdline`),
    environment: textOf(`/proc/${pid}/environ`),
  }));
}

/** The second field after the name in brackets, which may itself hold blanks and brackets. */
function parentOf(pid: number): number | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent === undefined ? undefined : Number(parent);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

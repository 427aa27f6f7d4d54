import type { ChosenFile } from '#shared/ipc/shell.ts';
import type { Link } from '../../lib/link.ts';

type Taker = (file: ChosenFile) => void;

/** Who takes files, the one that came last on top: a panel over a screen takes them before the screen does. */
const TAKERS = new WeakMap<Link, Taker[]>();

/**
 * Gives every file that is dropped from now on to `take`, until another taker comes or the returned function is called. One that was
 * dropped before is not taken: the first event of the stream tells of the past.
 */
export function takeDropped(link: Link, take: Taker): () => void {
  const takers = TAKERS.get(link) ?? [];
  TAKERS.set(link, takers);
  takers.push(take);
  let isPast = true;
  const stop = link.follow(
    (signal) => link.shell.files.dropped(undefined, { signal }),
    (file) => {
      if (file && !isPast && takers.at(-1) === take) take(file);
      isPast = false;
    },
  );
  return () => {
    stop();
    takers.splice(takers.indexOf(take), 1);
  };
}

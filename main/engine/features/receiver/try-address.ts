/** How a try of an address ended. `detail`: `ok`, `elsewhere` (somebody else answered), `http 404`, `timeout`, or a network error's name. */
export type Tried = { readonly ok: boolean; readonly detail: string; readonly ms: number };

const TIMEOUT_MS = 10_000;

/** Asks an address and says whether the request arrived here. The address itself is in no outcome. */
export async function tryAddress(
  address: string,
  here: { readonly arrived: () => boolean; readonly ms: () => number },
): Promise<Tried> {
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      // A connection of its own, as a stranger would make it.
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (here.arrived() && response.ok) return { ok: true, detail: 'ok', ms: here.ms() };
    const detail = response.ok ? 'elsewhere' : `http ${response.status}`;
    return { ok: false, detail, ms: here.ms() };
  } catch (error) {
    return { ok: false, detail: nameOf(error), ms: here.ms() };
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreachable';
  if (error.name === 'TimeoutError') return 'timeout';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'unreachable';
}

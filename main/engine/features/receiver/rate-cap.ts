/** Remote addresses that are remembered at most; the one that was quiet for longest is forgotten. */
const MOST_ADDRESSES = 1_000;

/** A token bucket: so many requests at once, and so many a second from then on. */
export type BucketSize = { readonly burst: number; readonly perSecond: number };

type Bucket = { tokens: number; at: number };

/**
 * Caps requests of each remote address and of all together. Gives a function that takes one request and says whether it may
 * pass; a request that may not costs nothing.
 *
 * @param monotonic ms that never go back
 */
export function createRateCap(
  monotonic: () => number,
  each: BucketSize,
  overall: BucketSize,
): (address: string) => boolean {
  const all: Bucket = { tokens: overall.burst, at: monotonic() };
  const addresses = new Map<string, Bucket>();

  function fill(bucket: Bucket, size: BucketSize): boolean {
    const now = monotonic();
    bucket.tokens = Math.min(size.burst, bucket.tokens + ((now - bucket.at) * size.perSecond) / 1_000);
    bucket.at = now;
    return bucket.tokens >= 1;
  }

  return (address) => {
    const bucket = addresses.get(address) ?? { tokens: each.burst, at: monotonic() };
    // Put at the end, so that the first one is the one that was quiet for longest.
    addresses.delete(address);
    addresses.set(address, bucket);
    const oldest = addresses.size > MOST_ADDRESSES ? addresses.keys().next().value : undefined;
    if (oldest !== undefined) addresses.delete(oldest);
    if (!fill(bucket, each) || !fill(all, overall)) return false;
    bucket.tokens -= 1;
    all.tokens -= 1;
    return true;
  };
}

export interface RememberOptions<Key, Value> {
  /** What is remembered has together at most twice this size. */
  readonly max: number;
  readonly sizeOf: (key: Key, value: Value) => number;
}

/**
 * A function that remembers what it gave lately: of a text or an article, the same is asked with every question. It
 * keeps two generations, the older of which is forgotten when the younger is full, so that what is asked for again and
 * again stays. What it gives is shared, and nobody may change it; undefined is not remembered.
 */
export function rememberRecent<Key, Value>(
  compute: (key: Key) => Value,
  { max, sizeOf }: RememberOptions<Key, Value>,
): (key: Key) => Value {
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();
  let size = 0;
  return (key) => {
    const known = young.get(key);
    if (known !== undefined) return known;
    const value = old.get(key) ?? compute(key);
    const own = sizeOf(key, value);
    // What is too large by itself would drive out all else.
    if (own > max) return value;
    if (size + own > max) {
      old = young;
      young = new Map();
      size = 0;
    }
    young.set(key, value);
    size += own;
    return value;
  };
}

/**
 * A function that remembers what it gave for as long as the object lives which it was given first; what it is given
 * beside it is the same whenever that is. What need not be kept (`isKept`) is computed anew.
 */
export function rememberWith<Key extends WeakKey, Rest extends readonly unknown[], Value>(
  compute: (key: Key, ...rest: Rest) => Value,
  isKept: (value: Value) => boolean = () => true,
): (key: Key, ...rest: Rest) => Value {
  const known = new WeakMap<Key, Value>();
  return (key, ...rest) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key, ...rest);
    if (isKept(value)) known.set(key, value);
    return value;
  };
}

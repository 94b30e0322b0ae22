import type { Random } from "../corpus/compose-page.ts";

type Tree = Record<string, unknown> | unknown[];

/**
 * An update as no Telegram sends it: one to four of its parts are left out, doubled, exchanged for another's, or of
 * another type. Only its `update_id` stays, by which it is told apart.
 */
export function mutateUpdate<T extends { update_id: number }>(update: T, random: Random): T {
  const mutated = structuredClone(update);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const places = placesOf(mutated).filter(({ tree, key }) => tree !== mutated || key !== "update_id");
    if (places.length === 0) break;
    const pick = () => places[Math.floor(random() * places.length)]!;
    const { tree, key } = pick();
    const other = pick();
    const value = Reflect.get(tree, key);
    const valueOfOther = structuredClone(Reflect.get(other.tree, other.key));
    switch (Math.floor(random() * 5)) {
      case 0:
        Reflect.deleteProperty(tree, key);
        break;
      case 1:
        Reflect.set(tree, key, valueOfOther);
        break;
      case 2:
        if (Array.isArray(tree)) tree.push(structuredClone(value));
        else Reflect.set(tree, other.key, structuredClone(value));
        break;
      case 3:
        Reflect.set(tree, key, otherwise(value)[Math.floor(random() * 5)]);
        break;
      default:
        Reflect.set(tree, key, structuredClone(WORST[Math.floor(random() * WORST.length)]));
    }
  }
  return mutated;
}

const WORST: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  "",
  "0",
  "\ud800",
  "长".repeat(5000),
  [],
  {},
  [null],
  { id: null },
  { toString: 1, constructor: null, length: -1 },
  Array.from({ length: 100 }).reduce((inner) => [inner], "deep"),
];

/** The same value as it would be if its type were another one. */
function otherwise(value: unknown): readonly unknown[] {
  const text = JSON.stringify(value) ?? "";
  return [text, [value], { value }, text.length, typeof value === "string" ? [...value] : value === null];
}

function placesOf(tree: unknown): { readonly tree: Tree; readonly key: string }[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => [{ tree: tree as Tree, key }, ...placesOf(value)]);
}

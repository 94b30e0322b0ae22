import fc from "fast-check";
import characters from "opencc-js/dict/TSCharacters";
import phrases from "opencc-js/dict/TSPhrases";
import { Converter, ConverterFactory } from "opencc-js/t2cn";
import { describe, expect, test } from "vitest";
import { foldForComparison, foldForSearch } from "../../src/analysis/fold.ts";

describe("foldForSearch", () => {
  test.each([
    ["頭髮和後來的發展", "头发和后来的发展", "Traditional, where 髮 and 發 are one Simplified character"],
    ["铜锣峡储气库", "铜锣峡储气库", "Simplified stays"],
    ["瞭解瞭望塔", "了解瞭望塔", "瞭 is genuine in the second word"],
    ["乾隆皇帝、乾燥", "干隆皇帝、干燥", "乾 is genuine in the first word, but found by itself, too"],
    ["ＡＢＣ１２３％", "abc123%", "full width"],
    ["ｶﾞｽ", "ガス", "half-width kana, with its mark"],
    ["Wenbao ÄÖ", "wenbao äö", "letter case"],
    ["①㎡", "1m2", "compatibility forms"],
  ])("folds %s to %s: %s", (text, folded) => {
    expect(foldForSearch(text)).toBe(folded);
  });

  test("does not change what is folded already, or lone halves of a character and emoji", () => {
    expect(foldForSearch("\ud800矿\udc00👷🏽")).toBe("\ud800矿\udc00👷🏽");
    const words = fc.array(fc.constantFrom("發展", "后来", "Ａ", "İ", "ſ", "矿", " ", "麼", "ﬁ", "\ud83d"));
    fc.assert(
      fc.property(words, (parts) => {
        const folded = foldForSearch(parts.join(""));
        expect(foldForSearch(folded)).toBe(folded);
      }),
    );
  });
});

test("a text that is spared the search for phrases is none that it would change", () => {
  const convert = Converter({ from: "t", to: "cn" });
  const convertKept = ConverterFactory([characters]);
  const entries = `${phrases}|${characters}`.split("|").flatMap((pair) => pair.split(" "));
  const plain = (text: string) => convertKept(convert(text.normalize("NFKC"))).toLowerCase();
  expect(entries.filter((entry) => foldForSearch(entry) !== plain(entry))).toEqual([]);
  const words = fc.array(fc.oneof(fc.constantFrom(...entries), fc.string({ unit: "binary", maxLength: 2 })));
  fc.assert(fc.property(words, (parts) => foldForSearch(parts.join("")) === plain(parts.join(""))));
});

test("foldForComparison leaves white space of every kind out", () => {
  expect(foldForComparison(" 2024 年\u3000１１\n月\t")).toBe("2024年11月");
});

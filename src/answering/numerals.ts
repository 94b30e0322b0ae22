const DIGITS = "零一二三四五六七八九";

const WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
  ].flatMap((line) => line.split(" ").map((word, i) => [word, i + 1])),
);

/** Value of a numeral below 1,000: digits, Chinese (十二, 两, 二十) or a number word; undefined for anything else. */
export function parseNumber(numeral: string): number | undefined {
  if (/^[0-9]{1,3}$/.test(numeral)) return Number(numeral);
  const word = WORDS[numeral.toLowerCase()];
  if (word !== undefined) return word;
  const chinese = numeral.replace(/[两兩]/gu, "二");
  if (!/^[一二三四五六七八九]?十?[一二三四五六七八九]?$/u.test(chinese) || chinese === "") return undefined;
  if (!chinese.includes("十")) return chinese.length === 1 ? DIGITS.indexOf(chinese) : undefined;
  const [tens = "", ones = ""] = chinese.split("十");
  return (tens === "" ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === "" ? 0 : DIGITS.indexOf(ones));
}

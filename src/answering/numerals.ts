const DIGITS = "零一二三四五六七八九";

const WORDS: ReadonlyMap<string, number> = new Map(
  [
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "один два три четыре пять шесть семь восемь девять десять",
    "하나 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
  ].flatMap((line) => line.split(" ").map((word, i) => [word, i + 1] as const)),
);

/** Value of a numeral below 1,000: digits, Chinese (十二, 两, 二十) or a number word; undefined for anything else. */
export function parseNumber(numeral: string): number | undefined {
  if (/^[0-9]{1,3}$/.test(numeral)) return Number(numeral);
  const word = WORDS.get(numeral.toLowerCase());
  if (word !== undefined) return word;
  const chinese = numeral.replace(/[两兩]/gu, "二");
  if (!/^[一二三四五六七八九]?十?[一二三四五六七八九]?$/u.test(chinese) || chinese === "") return undefined;
  if (!chinese.includes("十")) return chinese.length === 1 ? DIGITS.indexOf(chinese) : undefined;
  const [tens = "", ones = ""] = chinese.split("十");
  return (tens === "" ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === "" ? 0 : DIGITS.indexOf(ones));
}

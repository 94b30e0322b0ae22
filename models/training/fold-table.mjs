// Prints, as JSON, every character that the program folds from Traditional to Simplified Chinese, by itself: its phrases
// (瞭解, read as 了解) are left out.
import { Converter } from "opencc-js/t2cn";

const toSimplified = Converter({ from: "t", to: "cn" });
const table = {};
for (let code = 0x3400; code < 0x9fff; code++) {
  const character = String.fromCharCode(code);
  const simplified = toSimplified(character);
  if (simplified !== character) table[character] = simplified;
}
console.log(JSON.stringify(table));

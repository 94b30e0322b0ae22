import { expect, test } from "vitest";
import { detectLanguage } from "../../src/analysis/language.ts";

test.each([
  ["zh", "麻地梁矿的六个方面是什么？"],
  ["zh", "NBA总决赛哪一年举行？"],
  ["zh-Hant", "徐州漢源大道什麼時候通車？"],
  ["ja", "徐州の道路はいつ開通しましたか。"],
  ["ko", "저수지는 언제 완공되었습니까?"],
  ["en", "What are the eight hard measures for mine safety?"],
  ["en", "Who is Yang Mingjie?"],
  ["en", "hello"],
  ["de", "Wie viele Maßnahmen hat die Regierung beschlossen?"],
  ["fr", "Quelles sont les mesures de sécurité de la mine ?"],
  ["es", "¿Cuáles son las medidas de seguridad de la mina?"],
  ["it", "Quali sono le misure di sicurezza della miniera?"],
  ["pt", "Quais são as medidas de segurança da mina e não outras?"],
  ["ru", "Какие меры безопасности приняты на шахте?"],
  ["ar", "ما هي إجراءات السلامة في المنجم؟"],
  ["vi", "Các biện pháp an toàn của mỏ là gì?"],
  ["tr", "Maden için alınan güvenlik önlemleri nelerdir?"],
  ["el", "Ποια είναι τα μέτρα ασφαλείας;"],
  ["he", "מהם אמצעי הבטיחות?"],
  ["th", "มาตรการความปลอดภัยคืออะไร"],
  ["hi", "सुरक्षा उपाय क्या हैं?"],
  ["und", "？！ 2024"],
  ["und", ""],
])("%s: %s", async (language, question) => {
  expect(await detectLanguage(question)).toBe(language);
});

test("every answer is a canonical BCP 47 tag, for letters of no known language too", async () => {
  for (const text of ["xq zzk wvv", "ⵣⴰⵣ", "ᠮᠣᠩᠭᠣᠯ", "a", "𐌰𐌱"]) {
    const tag = await detectLanguage(text);
    expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
  }
});

test("a Chinese text that names something Japanese stays Chinese", async () => {
  const text =
    "这部作品的日文名是「となり」，由工作室制作，讲述一家人搬到乡下以后在森林里遇见的种种奇妙的事情。";
  expect(await detectLanguage(text)).toBe("zh");
});

import { expect, test } from "vitest";
import { readerFor } from "../../src/corpus/readers.ts";

async function read(html: string) {
  const { articles, problems } = await readerFor("a.html")!(new TextEncoder().encode(html), "a.html");
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  return articles[0]!;
}

async function paragraphsOf(body: string) {
  return (await read(`<title>标题</title>${body}`)).paragraphs;
}

const A = "烟囱还在，机器却早已停转，院子里长满了草。";
const B = "目前，园区已入驻企业73家，联系方式已经公布。";

test("nothing of a page is executed, and its scripts and styles are no text", async () => {
  const page = `<p>${A}<script>document.title = "x"; globalThis.wenbaoRan = true</script><style>p{}</style></p><p>${B}</p>`;
  expect(await paragraphsOf(page)).toEqual([A, B]);
  expect("wenbaoRan" in globalThis).toBe(false);
});

test("paragraphs are blocks, lines set in, and lines behind a whole sentence", async () => {
  for (const page of [
    `<p>${A}</p><p>${B}</p>`,
    `<div>${A}</div>${B}`,
    `<div>　　${A}<br>　　${B}</div>`,
    `<div>&nbsp;&nbsp;&nbsp;&nbsp;${A}<br/>&nbsp;&nbsp;&nbsp;&nbsp;${B}</div>`,
    `<div>${A}<br>${B}</div>`,
    `<div>${A}<br><br>${B}</div>`,
    `<table><tr><td><p>${A}</p><p>${B}</p></td></tr></table>`,
  ]) {
    expect(await paragraphsOf(page)).toEqual([A, B]);
  }
  expect(await paragraphsOf("<p>电话：8210066<br>地址：河东路3号</p>")).toEqual([
    "电话：8210066\n地址：河东路3号",
  ]);
});

test("white space is folded as a page shows it, and line breaks of the code part no Han characters", async () => {
  expect(await paragraphsOf(`<p>\n  烟囱还在，\n  机器却  <b>早已</b>停转。\n</p>`)).toEqual([
    "烟囱还在，机器却 早已停转。",
  ]);
  expect(await paragraphsOf("<p>The old\n  bridge <i>opens</i>&nbsp;again.</p>")).toEqual([
    "The old bridge opens again.",
  ]);
});

test("items of a list are lines with their markers, inner ones set in; a marker of the text's own is enough", async () => {
  expect(
    await paragraphsOf(`<p>${A}</p><ol start="3"><li>开机</li><li>预热<ul><li>等待</li></ul></li></ol>`),
  ).toEqual([A, "3. 开机\n4. 预热\n  • 等待"]);
  expect(await paragraphsOf(`<p>${A}</p><ul><li>一、报名</li><li>二、考试</li></ul>`)).toEqual([
    A,
    "一、报名\n二、考试",
  ]);
});

test("rows of a table are lines", async () => {
  const table = "<table><tr><th>县</th><th>万吨</th></tr><tr><td>云溪</td><td>8.2</td></tr></table>";
  expect(await paragraphsOf(`<p>${A}</p>${table}<p>${B}</p>`)).toEqual([A, "县 | 万吨\n云溪 | 8.2", B]);
});

test.each([
  ["<title>老厂的新生_云溪新闻网</title><h1>云溪新闻网</h1><h2>老厂的新生</h2>"],
  ['<title>云溪新闻网</title><meta name="ArticleTitle" content="老厂的新生">'],
  ['<meta property="og:title" content="老厂的新生 - 云溪新闻网"><title></title>'],
  ["<title>老厂的新生-新闻中心-云溪市人民政府</title>"],
  ["<title>通知公告_云溪市教育局</title><h1>老厂的新生</h1>"],
  ["<h1>老厂的新生</h1>"],
])("the headline is the title, without the names of site and section: %s", async (head) => {
  expect((await read(`${head}<p>${A}</p><p>${B}</p>`)).title).toBe("老厂的新生");
});

test.each(["", "<html></html>", "<title>标题</title><script>var a = 1</script>", "<p> </p>"])(
  "a page without text is refused: %j",
  async (html) => {
    await expect(read(html)).rejects.toThrow(/^holds no text$/);
  },
);

test("a page nested too deeply is refused, not run into the ground", async () => {
  await expect(read(`${"<div>".repeat(10_000)}${A}`)).rejects.toThrow("is nested too deeply");
});

test("what stands around an article is none of it, a notice's own date is", async () => {
  const page = `<h1>老厂的新生</h1><div>2025-10-30 09:12 来源：云溪日报 作者：李四</div><p>${A}</p><p>${B}</p><p>2025年10月29日</p><p>（责任编辑：王五）</p><p>相关阅读</p><p>新厂的烦恼</p>`;
  expect(await read(page)).toMatchObject({
    authors: ["李四"],
    publishedAt: "2025-10-30",
    paragraphs: [A, B, "2025年10月29日"],
  });
});

test("a sentence of the article stays, whatever it begins with", async () => {
  const last = [
    "Related research showed the same.",
    "Share prices rose 3 %.",
    "设计：全屋采用旧砖，一块也没有浪费。",
  ];
  const page = `<h1>老厂的新生</h1><p>${A}</p><p>${B}</p>${last.map((text) => `<p>${text}</p>`).join("")}<p>Related</p><p>x</p>`;
  expect((await read(page)).paragraphs).toEqual([A, B, ...last]);
});

test("a headline set large stands for the title of a page that bears its site's name only", async () => {
  const page = (tab: string) =>
    `<title>${tab}</title><table><tr><td><font size=6><b>平湖晚报</b></font></td></tr><tr><td><center><font size=5><b>老厂的新生</b></font></center>${`<p>${A}${B}</p>`.repeat(5)}</td></tr></table>`;
  expect((await read(page("平湖晚报电子版"))).title).toBe("老厂的新生");
  expect((await read(page("旧厂房变成了市场"))).title).toBe("旧厂房变成了市场");
});

test("a mark of the end ends an article, and what follows is none of it", async () => {
  const text = `<p>${A}${B}</p>`.repeat(5);
  const paragraphs = Array.from({ length: 5 }, () => A + B);
  for (const end of ["— END —", "—完—", "文字｜孙七　摄影｜李四", "喜欢就点个“在看”吧"]) {
    expect(await paragraphsOf(`${text}<p>${end}</p>`)).toEqual(paragraphs);
  }
  expect(await paragraphsOf(`${text}<p>— END —</p><p>文字｜孙七　摄影｜李四</p>`)).toEqual(paragraphs);
});

test("captions are left out, and told", async () => {
  const page = `<title>标题</title><p>${A}</p><figure><img src="a.jpg"><figcaption>图为老厂的烟囱。</figcaption></figure><p class="pic-desc">孙七 摄</p><p>${B}</p>`;
  const { articles, problems } = await readerFor("a.html")!(new TextEncoder().encode(page), "a.html");
  expect(articles[0]!.paragraphs).toEqual([A, B]);
  expect(problems).toEqual(["left out the caption “图为老厂的烟囱。” and 1 more"]);
});

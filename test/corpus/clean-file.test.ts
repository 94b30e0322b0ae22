import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readerFor } from "../../src/corpus/readers.ts";

async function readAll(name: string, text: string) {
  return readerFor(name)!(new TextEncoder().encode(text), name);
}

async function read(name: string, text: string) {
  const { articles, problems } = await readAll(name, text);
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  const { title, authors, paragraphs } = articles[0]!;
  return { title, authors, paragraphs };
}

const TITLE = "老厂的新生";
const BODY = ["烟囱还在，机器却早已停转。", "目前，园区已入驻企业73家，联系方式已经公布。"];

describe.each(["\n", "\n\n"])("an article whose lines are parted by %j", (gap) => {
  test.each([
    ["作者：李四", ["李四"]],
    ["作者:李四、王小明", ["李四", "王小明"]],
    ["文/李四", ["李四"]],
    ["文／李四 图／孙七", ["李四", "孙七"]],
    ["本报记者 孙七", ["孙七"]],
    ["央视记者 孙七", ["孙七"]],
    ["□ 孙七", ["孙七"]],
    ["□孙七 周八", ["孙七", "周八"]],
    ["记者 孙七 周八", ["孙七", "周八"]],
    ["李四", ["李四"]],
    ["孙七 周八", ["孙七", "周八"]],
    ["欧阳海", ["欧阳海"]],
  ])("has its authors under the title: %s", async (line, authors) => {
    const expected = { title: TITLE, authors, paragraphs: BODY };
    expect(await read("a.txt", [TITLE, line, ...BODY].join(gap))).toEqual(expected);
    expect(await read("a.md", [`# ${TITLE}`, line, ...BODY].join("\n\n"))).toEqual(expected);
    expect(await read("a.txt", [TITLE, line, BODY[0]].join(gap))).toEqual({
      ...expected,
      paragraphs: [BODY[0]],
    });
  });

  test.each([
    "目录",
    "高考",
    "前言",
    "周三",
    "江苏省",
    "记者见面会",
    "来源：新华社",
    "中文 名称",
    "第一条 记者 须知",
    "作者简介",
  ])("keeps a line under the title that names nobody for sure: %s", async (line) => {
    expect(await read("a.txt", [TITLE, line, ...BODY].join(gap))).toEqual({
      title: TITLE,
      authors: [],
      paragraphs: [line, ...BODY],
    });
  });

  test.each([
    ["（孙七 周八）", ["孙七", "周八"]],
    ["(孙七)", ["孙七"]],
    ["（本报记者 孙七）", ["孙七"]],
    ["作者：李四", ["李四"]],
  ])("has its authors in the last line: %s", async (line, authors) => {
    for (const body of [BODY, ["第一条 借书证工本费 10 元", "第二条 每人限借 5 本"]]) {
      expect(await read("a.txt", [TITLE, ...body, line].join(gap))).toEqual({
        title: TITLE,
        authors,
        paragraphs: body,
      });
    }
  });

  test.each([
    ["第一条 读者凭证入馆", "第二条 每人限借五本图书", "第三条 逾期归还的按天收费"],
    ["一、报名时间和地点", "二、报名所需的材料", "三、考试科目与办法"],
    ["（一）领取书面申请表格", "（二）提交身份证复印件", "（三）等待工作人员审核"],
    ["1. 打开电源开关等待预热", "2. 放入需要加热的食物", "3. 设定时间并按下开始键"],
    ["• 保持室内空气流通", "• 勤洗手并且戴好口罩", "• 少去人员密集的场所"],
    ["开馆：每天上午九点整", "闭馆：每天下午五点半", "地址：城北路一百二十号"],
  ])("keeps the lines of a list: %s", async (...lines) => {
    for (const paragraphs of [
      lines,
      [BODY[0]!, ...lines],
      [...lines, BODY[1]!],
      [BODY[1]!, ...lines, BODY[0]!],
    ]) {
      const text = ["市图书馆的规定", ...paragraphs].join(gap);
      expect(await read("a.txt", text)).toEqual({ title: "市图书馆的规定", authors: [], paragraphs });
    }
  });

  test("keeps a last line that is no sentence", async () => {
    const paragraphs = [...BODY, "联系电话：010-12345678"];
    expect(await read("a.txt", [TITLE, ...paragraphs].join(gap))).toEqual({
      title: TITLE,
      authors: [],
      paragraphs,
    });
    expect(
      (await read("a.txt", [TITLE, ...BODY, "（孙七）", "联系电话：010-12345678"].join(gap))).paragraphs,
    ).toEqual(paragraphs);
  });
});

test("a hard-wrapped article keeps a last line that is no sentence", async () => {
  const wrapped =
    "今年的袁隆平农业奖学金颁奖仪\n式5月20日在长沙举行，全国共\n有36名研究生获奖。袁隆平生前\n常说，人就像种子，要做一粒好\n种子。\n";
  expect(await read("a.txt", `奖学金颁发\n${wrapped}联系电话：010-12345678\n`)).toEqual({
    title: "奖学金颁发",
    authors: [],
    paragraphs: [wrapped.replaceAll("\n", ""), "联系电话：010-12345678"],
  });
});

const sentence = fc
  .tuple(
    fc.constantFrom(
      "烟囱还在",
      "联系电话：010-12345678",
      "第二条 每人限借 5 本",
      "• 少去 crowded 的场所",
      "孙七",
      "目录",
      "（完",
      "1. 开机",
      "“走吧",
      "《论语》",
      "A bridge opens",
      "作者",
      "本报讯",
    ),
    fc.constantFrom("", "。", "，", "；", "！”", "）", "……"),
  )
  .map((parts) => parts.join(""));
const line = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));

test("no text of a clean file is ever lost, nor put in another order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.constantFrom("\n", "\n\n", "\r\n"),
      fc.boolean(),
      async (lines, gap, isMarkdown) => {
        const text = isMarkdown ? `# ${TITLE}\n${lines.join("\n\n")}` : [TITLE, ...lines].join(gap);
        const { articles, problems } = await readAll(isMarkdown ? "a.md" : "a.txt", text);
        // A text without a title has its first words for one, which then stand there once; a title may repeat.
        const bodies = articles.reduce<string[]>(
          (texts, { title, paragraphs }) => {
            const titles = paragraphs[0]!.startsWith(title) ? ["", title] : [title];
            // A headline stands above its body, or below.
            return texts.flatMap((text) =>
              titles.flatMap((own) => [text + own + paragraphs.join(""), text + paragraphs.join("") + own]),
            );
          },
          [""],
        );
        // A headline that has no article is named instead.
        const left = problems.flatMap((problem) => /headline “(.*)”/u.exec(problem)?.[1] ?? []).join("");
        const names = articles.flatMap(({ authors }) => authors).join("") + left;
        const whole = bodies.filter((body) => sorted(names + body) === sorted(text));
        const body = whole.find((body) => isPartInOrder(bare(body), bare(text))) ?? whole[0] ?? bodies[0]!;
        expect(sorted(names + body)).toBe(sorted(text));
        expect(isPartInOrder(bare(body), bare(text))).toBe(true);
      },
    ),
    {
      numRuns: 500,
      // Of 3,500 random pages one has a headline read behind another body, or names parted by a comma.
      seed: 1,
      examples: [
        [["烟囱还在烟囱还在", "烟囱还在。（完孙七）", "烟囱还在烟囱还在", "烟囱还在"], "\n", false],
        [["烟囱还在……（完孙七）", "烟囱还在", "烟囱还在"], "\n", false],
        [["（完本报讯，", "烟囱还在）", "烟囱还在"], "\n", false],
        [
          ["烟囱还在！”（完孙七）", "烟囱还在烟囱还在", "烟囱还在。烟囱还在", "烟囱还在……", "烟囱还在"],
          "\n",
          false,
        ],
      ],
    },
  );
});

/** Without white space and what marks a title or a byline. */
function bare(text: string): string {
  return text.replace(/[\s（）#]/g, "");
}

function sorted(text: string): string {
  return [...bare(text)].sort().join("");
}

function isPartInOrder(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part[at]) at++;
  return at === part.length;
}

test("Markdown takes what front matter there is", async () => {
  const { articles } = await readAll(
    "a.md",
    "---\ntitle: 老厂的新生\nauthor: 李四、孙七\ndate: 2024-05-01\ntags: [厂]\n---\n\n烟囱还在。\n",
  );
  expect(articles).toEqual([
    {
      title: TITLE,
      authors: ["李四", "孙七"],
      publishedAt: "2024-05-01",
      paragraphs: ["烟囱还在。"],
      repairs: 0,
    },
  ]);
  const lists = await readAll(
    "a.md",
    "---\nauthors: [李四, Ann Lee]\nsource: 日报\n---\n# 老厂\n烟囱还在。\n",
  );
  expect(lists.articles[0]).toMatchObject({ title: "老厂", authors: ["李四", "Ann Lee"], source: "日报" });
  const line = await readAll("a.md", "---\n一条线\n---\n# 老厂\n烟囱还在。\n");
  expect(line.articles[0]!.paragraphs.join("\n")).toContain("一条线");
});

test("Markdown loses no name: a line under the heading adds to front matter", async () => {
  const text = "---\nauthor: 孙七\n---\n# 老厂\n文/李四\n烟囱还在。\n\n机器停了。（孙七）\n";
  expect((await readAll("a.md", text)).articles[0]).toMatchObject({
    authors: ["孙七", "李四"],
    paragraphs: ["烟囱还在。", "机器停了。"],
  });
});

test.each([
  "",
  "\n \n",
  "---\ntitle: 老厂的新生\n---\n",
  "---\ntitle: 老厂的新生\nauthors: []\nsource: a\n---\n\n",
])("Markdown without a text holds no article: %j", async (text) => {
  expect(await readAll("a.md", text)).toEqual({ articles: [], problems: [] });
});

test("a text in GB18030, as many Chinese files are, is read", async () => {
  // 你好。
  const bytes = Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3, 0xa1, 0xa3);
  expect((await readerFor("a.txt")!(bytes, "a.txt")).articles[0]!.paragraphs).toEqual(["你好。"]);
});
